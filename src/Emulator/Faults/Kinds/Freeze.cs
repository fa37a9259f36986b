namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>
/// The process is stopped: connecting works, nothing is answered, nothing runs on; what was sent to it meanwhile is
/// read when it goes on.
/// </summary>
public sealed record Freeze : WindowFault;
