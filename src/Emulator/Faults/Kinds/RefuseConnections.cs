namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>Nobody listens on the port, though the process lives and its prompts run on.</summary>
public sealed record RefuseConnections : WindowFault
{
    /// <summary>Whether connections that are open already are reset.</summary>
    public bool Cut { get; init; } = true;
}
