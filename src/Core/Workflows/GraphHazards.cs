using System.Collections.Immutable;
using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Finds what in a graph would make ComfyUI fail, stop its worker thread for good, or end its process.</summary>
public static class GraphHazards
{
    /// <summary>How many are told of one graph.</summary>
    public const int MostTold = 20;

    /// <summary>ComfyUI follows a chain by calling itself, node by node, and Python bears about a thousand calls.</summary>
    public const int LongestChain = 500;

    /// <param name="graph">ComfyUI's <c>prompt</c>; a value of any kind, with or without duplicate names.</param>
    /// <returns>What is wrong, in the order of the graph, the first <see cref="MostTold"/>; empty for a graph that may be sent.</returns>
    public static ImmutableArray<GraphHazard> Find(JsonElement graph)
    {
        if (WhatIsNoGraph(graph) is { } reason)
        {
            return [new GraphHazard("", reason)];
        }

        ImmutableArray<GraphHazard> found = [.. All(graph).Take(MostTold + 1)];
        return found.Length <= MostTold
            ? found
            : found.SetItem(MostTold, new GraphHazard("", $"has more that is wrong than these {MostTold}"));
    }

    private static IEnumerable<GraphHazard> All(JsonElement graph)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var nodes = new List<GraphNode>();
        foreach (var property in graph.EnumerateObject())
        {
            var isGood = true;
            foreach (var hazard in NodeHazards.OfShape(property.Name, property.Value))
            {
                isGood = false;
                yield return hazard;
            }

            if (!ids.Add(property.Name))
            {
                yield return GraphHazard.Of(property.Name, "there are two nodes of this id");
            }
            else if (isGood)
            {
                nodes.Add(GraphNode.Read(property.Name, property.Value));
            }
        }

        foreach (var hazard in nodes.SelectMany(NodeHazards.OfClass).Concat(OfLinks(nodes, ids)))
        {
            yield return hazard;
        }
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

    private static IEnumerable<GraphHazard> OfLinks(List<GraphNode> nodes, HashSet<string> ids)
    {
        var isWhole = true;
        foreach (var node in nodes)
        {
            foreach (var (input, source) in node.Links.Where(link => !ids.Contains(link.Value)))
            {
                isWhole = false;
                yield return GraphHazard.OfInput(
                    node.Id, input, $"reads from node {JsonWords.Quote(source)}, which does not exist");
            }
        }

        if (!isWhole)
        {
            yield break;
        }

        var order = GraphOrder.Of(nodes);
        if (order.OnCycle is { } id)
        {
            yield return GraphHazard.Of(id, "the node reads, through others, from itself");
        }
        else if (order.LongestChain > LongestChain)
        {
            yield return new GraphHazard(
                "", $"has {order.LongestChain} nodes that read one from the other in a row; at most {LongestChain} are allowed");
        }
    }
}
