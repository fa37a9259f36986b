using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Execution;

/// <summary>Executes prompts one after the other, as ComfyUI's worker does, and keeps results between them.</summary>
internal sealed class PromptExecutor(NodeEnvironment environment, SocketHub hub)
{
    private readonly OutputCache _cache = new(environment.Catalog, environment.Options.Version);
    private readonly ComfyVersion _version = environment.Options.Version;

    public void ForgetResults() => _cache.Clear();

    /// <exception cref="WorkerDeathException">The prompt is one that a real worker does not survive.</exception>
    /// <exception cref="OperationCanceledException">The emulator stops.</exception>
    public async Task<ExecutionReport> RunAsync(QueueItem item, string? audience, CancellationToken stopping)
    {
        environment.Interrupts.Reset();
        hub.Address(audience);
        var voice = new ExecutionVoice(hub, _version, item.Id, audience, environment.Clock);
        voice.Note("execution_start", []);
        var graph = new PromptGraph(item.Prompt);
        _cache.Use(graph);
        voice.Note("execution_cached", new() { ["nodes"] = Json.Strings(graph.Ids.Where(IsCached)) });

        var order = _version.OrdersByReadiness ? null : new DepthFirstOrder(graph, IsCached).Of(item.Outputs);
        var pending = new ExecutionList(graph, IsOutput, IsCached, order);
        foreach (var output in item.Outputs)
        {
            pending.Add(output);
        }

        var runner = new NodeRunner(environment, _cache, voice);
        var outcome = await ExecuteAsync(item, graph, pending, runner, voice, stopping);
        hub.At(null);
        var (outputs, meta) = Shown(graph);
        return new ExecutionReport(outcome, voice.Noted, outputs, meta);

        bool IsOutput(string id) => environment.Catalog.Find(graph.ClassOf(id))!.Spec.IsOutput;
    }

    private bool IsCached(string node) => _cache.Find(node) is not null;

    private async Task<ExecutionOutcome> ExecuteAsync(
        QueueItem item,
        PromptGraph graph,
        ExecutionList pending,
        NodeRunner runner,
        ExecutionVoice voice,
        CancellationToken stopping)
    {
        var executed = new List<string>();
        while (!pending.IsEmpty)
        {
            if (pending.Next() is not { } node)
            {
                voice.Note("execution_error", ExecutionFailure.Cycle(pending.First, graph, executed));
                return ExecutionOutcome.Failed;
            }

            try
            {
                if (await runner.RunAsync(node, graph, item, stopping))
                {
                    executed.Add(node);
                }

                pending.Complete(node);
            }
            catch (NodeInterruptedException)
            {
                voice.NoteForAll("execution_interrupted", ExecutionFailure.Where(node, graph, executed));
                return ExecutionOutcome.Interrupted;
            }
            catch (NodeFailedException failed)
            {
                voice.Note("execution_error", _version.ListsOutputsOnError
                    ? ExecutionFailure.Of(failed, node, graph, executed)
                    : ExecutionFailure.OfOld(failed, node, graph, executed, _cache));
                return ExecutionOutcome.Failed;
            }
        }

        if (_version.AnnouncesSuccess)
        {
            voice.Note("execution_success", []);
        }

        return ExecutionOutcome.Succeeded;
    }

    /// <summary>What every node of the prompt has to show, whether it ran now or before.</summary>
    private (JsonObject Outputs, JsonObject Meta) Shown(PromptGraph graph)
    {
        var (outputs, meta) = (new JsonObject(), new JsonObject());
        foreach (var node in graph.Ids)
        {
            if (_cache.Find(node) is not { Shown: { } shown } cached)
            {
                continue;
            }

            outputs[node] = shown.DeepClone();
            meta[node] = cached.Meta?.DeepClone();
        }

        return (outputs, meta);
    }
}
