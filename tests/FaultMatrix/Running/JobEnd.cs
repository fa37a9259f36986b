namespace AkkaComfy.FaultMatrix.Running;

/// <summary>How one job ended, as its client saw it.</summary>
/// <param name="Code">The stable word of its error; null unless it failed.</param>
/// <param name="Attempts">On how many instances it was tried.</param>
internal sealed record JobEnd(string JobId, string Status, string? Code, int Attempts, string? Message)
{
    public const string Completed = "completed";
}
