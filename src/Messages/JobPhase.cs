namespace AkkaComfy.Messages;

/// <summary>The phases of a job; the last three are terminal.</summary>
public enum JobPhase
{
    Pending,
    Processing,
    Completed,
    Failed,
    Cancelled,
}
