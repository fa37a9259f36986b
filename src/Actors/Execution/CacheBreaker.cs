using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Execution;

/// <summary>Makes ComfyUI execute nodes again whose results it would take from its cache.</summary>
public static class CacheBreaker
{
    /// <summary>
    /// No node declares it, so none is passed it; but a cached result is found by all the inputs a node is sent with.
    /// </summary>
    private const string UndeclaredInput = "akkacomfy_again";

    /// <summary>The nodes that answered with files without having run.</summary>
    /// <param name="heard">What the socket said was cached; null if it said nothing.</param>
    public static ImmutableArray<string> StaleNodes(HistoryEntry entry, IReadOnlyCollection<string>? heard)
    {
        var cached = entry.Messages.OfType<ComfyMessage.ExecutionCached>().LastOrDefault()?.Nodes ?? heard;
        return
        [
            .. entry.Outputs
                .Where(output => output.Files.Count > 0 && cached?.Contains(output.NodeId) != false)
                .Select(output => output.DisplayNode)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The prompt with those nodes changed, and nothing else: what they work from may stay cached.</summary>
    public static PromptRequest Apply(PromptRequest request, IEnumerable<string> nodes)
    {
        var graph = request.Graph.DeepClone().AsObject();
        foreach (var node in nodes)
        {
            if (graph[node]?["inputs"] is JsonObject inputs)
            {
                inputs[UndeclaredInput] = request.PromptId;
            }
        }

        return request with { Graph = graph };
    }
}
