using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// The one worker of a ComfyUI: takes prompts from the queue and runs them, one at a time, on a thread of its own.
/// A prompt that would kill the real worker kills this one too: HTTP goes on, and nothing runs any more.
/// </summary>
internal sealed class Worker(
    PromptQueue queue, PromptExecutor executor, SocketHub hub, ExecutionLedger ledger, NodeEnvironment environment)
    : IAsyncDisposable
{
    private readonly WorkerThread _thread = environment.Threads.Start("comfyui-emulator worker");
    private readonly CancellationTokenSource _stopping = new();
    private readonly Errands _late = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = _thread.Start(RunAsync);

    /// <inheritdoc cref="WorkerThread.WhenParked"/>
    public Task WhenParked() => _thread.WhenParked();

    /// <summary>Completes when no finished prompt's history is still to come.</summary>
    public Task WhenHistoryComplete() => _late.WhenDone();

    /// <summary>Drops whatever runs, without waiting for it.</summary>
    public void Abandon()
    {
        _stopping.Cancel();
        queue.Wake();
    }

    public async ValueTask DisposeAsync()
    {
        Abandon();
        await _running;
        await _late.WhenDone();
        _thread.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var changed = queue.Changed;
                await environment.Faults.PassAsync(_stopping.Token);
                if (queue.TryStart() is { } item)
                {
                    await RunAsync(item);
                }
                else
                {
                    await changed;
                }

                if (queue.TakeFreeRequest())
                {
                    executor.ForgetResults();
                }
            }
        }
        catch (Exception e) when (e is WorkerDeathException or IncomparableException or OperationCanceledException)
        {
            ledger.End(ExecutionOutcome.Lost, ledger.Now);
        }
    }

    private async Task RunAsync(QueueItem item)
    {
        ledger.Start(item.Id, TagOf(item.ExtraData));
        var audience = AudienceOf(item.ExtraData);
        var report = await executor.RunAsync(item, audience, _stopping.Token);
        await environment.Faults.PassAsync(_stopping.Token);
        var ended = ledger.Now;
        Finish(item.Id, report.ToHistory(item, environment.Options.Version));
        if (audience is not null)
        {
            hub.Send("executing", new JsonObject { ["node"] = null, ["prompt_id"] = item.Id }, audience);
        }

        ledger.End(report.Outcome, ended);
    }

    private void Finish(string id, ReadOnlyMemory<byte> entry)
    {
        var fault = environment.Faults.OfHistory(id);
        queue.Finish(id, fault is null ? entry : (ReadOnlyMemory<byte>?)null);
        if (fault?.Delay is { } delay)
        {
            _late.Run(async () =>
            {
                await Task.Delay(delay, environment.Options.Time, _stopping.Token);
                queue.Remember(id, entry);
            });
        }
    }

    /// <summary>
    /// Whose prompt it is; null: nobody's. A number matches no socket; an object or a list ends the process of a real
    /// ComfyUI.
    /// </summary>
    private string? AudienceOf(JsonNode? extraData)
    {
        if (extraData is null)
        {
            throw new WorkerDeathException("TypeError: argument of type 'NoneType' is not iterable");
        }

        if (extraData is not JsonObject members || members["client_id"] is not { } client)
        {
            return null;
        }

        if (client is JsonObject or JsonArray)
        {
            environment.Crash();
        }

        return client.GetValueKind() == JsonValueKind.String ? client.GetValue<string>() : $"\0{Json.Text(client)}";
    }

    private static string? TagOf(JsonNode? extraData) =>
        extraData is JsonObject members && members["akkacomfy"] is { } tag ? Json.Text(tag) : null;
}
