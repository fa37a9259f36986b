namespace AkkaComfy.Core.Workflows;

/// <summary>Why a graph must not be sent to any instance.</summary>
/// <param name="Place">Where in the graph, as a dotted path; empty for the graph as a whole.</param>
public sealed record GraphHazard(string Place, string Reason)
{
    public override string ToString() => Place.Length == 0 ? Reason : $"{Place}: {Reason}";
}
