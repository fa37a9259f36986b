namespace AkkaComfy.Emulator.Faults;

/// <summary>A fault that holds all the time from its beginning to its end.</summary>
public abstract record WindowFault : FaultRule
{
    private protected WindowFault()
    {
    }
}
