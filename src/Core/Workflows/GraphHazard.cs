namespace AkkaComfy.Core.Workflows;

/// <summary>Why a graph must not be sent to any instance.</summary>
/// <param name="Place">Where in the graph, as a dotted path; empty for the graph as a whole.</param>
public sealed record GraphHazard(string Place, string Reason)
{
    public override string ToString() => Place.Length == 0 ? Reason : $"{Place}: {Reason}";

    /// <summary>What a client called its nodes and inputs is never repeated at length.</summary>
    internal static GraphHazard Of(string node, string reason) => new(JsonWords.Shorten(node), reason);

    internal static GraphHazard OfMember(string node, string member, string reason) =>
        new($"{JsonWords.Shorten(node)}.{member}", reason);

    internal static GraphHazard OfInput(string node, string input, string reason) =>
        OfMember(node, $"inputs.{JsonWords.Shorten(input)}", reason);
}
