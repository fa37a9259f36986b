using System.Collections.Immutable;
using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Finds what in a graph would make ComfyUI fail, stop its worker thread for good, or end its process.</summary>
public static class GraphHazards
{
    /// <param name="graph">ComfyUI's <c>prompt</c>; a value of any kind, with or without duplicate names.</param>
    /// <returns>All that is wrong, in the order of the graph; empty for a graph that may be sent.</returns>
    public static ImmutableArray<GraphHazard> Find(JsonElement graph)
    {
        if (WhatIsNoGraph(graph) is { } reason)
        {
            return [new GraphHazard("", reason)];
        }

        var hazards = ImmutableArray.CreateBuilder<GraphHazard>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var nodes = new List<GraphNode>();
        foreach (var property in graph.EnumerateObject())
        {
            var shape = NodeHazards.OfShape(property.Name, property.Value).ToList();
            hazards.AddRange(shape);
            if (!ids.Add(property.Name))
            {
                hazards.Add(new GraphHazard(property.Name, "there are two nodes of this id"));
            }
            else if (shape.Count == 0)
            {
                nodes.Add(GraphNode.Read(property.Name, property.Value));
            }
        }

        hazards.AddRange(nodes.SelectMany(NodeHazards.OfClass));
        AddLinks(nodes, ids, hazards);
        return hazards.ToImmutable();
    }

    private static string? WhatIsNoGraph(JsonElement graph)
    {
        if (graph.ValueKind != JsonValueKind.Object)
        {
            return $"must be a JSON object, but is {JsonWords.Describe(graph)}";
        }

        if (!JsonTexts.AreReadable(graph))
        {
            return JsonTexts.Unreadable;
        }

        return GraphFormat.WhatElse(graph) ?? (graph.EnumerateObject().Any() ? null : "has no nodes");
    }

    private static void AddLinks(
        List<GraphNode> nodes, HashSet<string> ids, ImmutableArray<GraphHazard>.Builder hazards)
    {
        var isWhole = true;
        foreach (var node in nodes)
        {
            foreach (var (input, source) in node.Links.Where(link => !ids.Contains(link.Value)))
            {
                isWhole = false;
                hazards.Add(new GraphHazard(
                    $"{node.Id}.inputs.{input}", $"reads from node '{source}', which does not exist"));
            }
        }

        if (isWhole && GraphOrder.FindOnCycle(nodes) is { } id)
        {
            hazards.Add(new GraphHazard(id, "the node reads, through others, from itself"));
        }
    }
}
