using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>Runs single nodes of one execution: inputs in, messages out, results into the cache.</summary>
internal sealed class NodeRunner(NodeEnvironment environment, OutputCache cache, ExecutionVoice voice)
{
    /// <summary>Runs the node, or says again what it had to show; false where it was cached.</summary>
    public async Task<bool> RunAsync(string id, PromptGraph graph, QueueItem item, CancellationToken stopping)
    {
        await environment.Faults.PassAsync(stopping);
        if (cache.Find(id) is { } cached)
        {
            if (environment.Options.Version.RepeatsCachedOutputs)
            {
                voice.Executed(id, cached.Shown);
            }

            voice.Finished(id);
            return false;
        }

        voice.Started(id);
        var node = environment.Catalog.Find(graph.ClassOf(id))!;
        var inputs = Inputs(node, graph.InputsOf(id));
        var call = new NodeCall(Context(id, item, stopping), inputs);
        var result = await RunAsync(id, item.Id, node, call, inputs, stopping);
        if (result.Shown is not null)
        {
            voice.Executed(id, result.Shown);
        }

        cache.Store(id, new CachedNode(result.Outputs, result.Shown, Meta(id)));
        voice.Finished(id);
        return true;
    }

    private async Task<NodeResult> RunAsync(
        string id,
        string promptId,
        Node node,
        NodeCall call,
        IReadOnlyDictionary<string, object?> inputs,
        CancellationToken stopping)
    {
        try
        {
            await environment.Faults.BefallAsync(promptId, id, node.Spec.Class, stopping);
            environment.Interrupts.ThrowIfRequested();
            return await node.RunAsync(call);
        }
        catch (Exception e) when (
            e is not (NodeInterruptedException or WorkerDeathException) && !stopping.IsCancellationRequested)
        {
            throw new NodeFailedException(e, Shown(inputs));
        }
    }

    private NodeContext Context(string id, QueueItem item, CancellationToken stopping) => new()
    {
        Options = environment.Options,
        Files = environment.Files,
        Faults = environment.Faults,
        Prompt = item.Prompt,
        ExtraData = item.ExtraData,
        Stopping = stopping,
        Crash = environment.Crash,
        Progress = (value, max, preview) =>
        {
            environment.Interrupts.ThrowIfRequested();
            voice.Progressed(id, value, max, preview);
        },
    };

    /// <summary>The declared inputs: constants as JSON, links as what their source made.</summary>
    private Dictionary<string, object?> Inputs(Node node, JsonObject given)
    {
        var inputs = new Dictionary<string, object?>();
        foreach (var (name, value) in given)
        {
            if (node.Spec.Input(name) is null)
            {
                continue;
            }

            inputs[name] = PromptGraph.LinkOf(value) is { } link
                ? cache.Find(link.Node)?.Outputs.ElementAtOrDefault(link.Slot)
                : value;
        }

        return inputs;
    }

    /// <summary>Each input as a list, as ComfyUI passes them around; what is no plain value is described.</summary>
    private static JsonObject Shown(IReadOnlyDictionary<string, object?> inputs)
    {
        var shown = new JsonObject();
        foreach (var (name, value) in inputs)
        {
            shown[name] = new JsonArray(value switch
            {
                null => null,
                JsonNode node when node.GetValueKind() is not (JsonValueKind.Object or JsonValueKind.Array) =>
                    node.DeepClone(),
                JsonNode node => Python.Repr(node),
                _ => value.ToString(),
            });
        }

        return shown;
    }

    private static JsonObject Meta(string id) => new()
    {
        ["node_id"] = id, ["display_node"] = id, ["parent_node"] = null, ["real_node_id"] = id,
    };
}
