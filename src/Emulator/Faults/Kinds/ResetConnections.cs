namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>New connections are accepted and reset at once.</summary>
public sealed record ResetConnections : EventFault;
