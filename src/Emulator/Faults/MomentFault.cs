namespace AkkaComfy.Emulator.Faults;

/// <summary>A fault that strikes once, at its beginning.</summary>
public abstract record MomentFault : FaultRule
{
    private protected MomentFault()
    {
    }
}
