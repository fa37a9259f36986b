using System.Collections.Concurrent;
using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Tests.Faults.Support;

/// <summary>A ComfyUI that answers on the caller's thread, unless a test holds the call back or lets it fail.</summary>
internal sealed class ScriptedComfy(string host = "fake:1") : IComfyClient, IComfyConnector, IComfyFactory
{
    private readonly Lock _lock = new();
    private readonly List<QueueItem> _pending = [];
    private readonly List<QueueItem> _running = [];
    private readonly Dictionary<string, HistoryEntry> _history = [];
    private readonly ConcurrentDictionary<Call, Gate> _gates = new();
    private readonly ConcurrentDictionary<Call, ConcurrentQueue<ComfyFault>> _faults = new();
    private readonly ConcurrentDictionary<Call, int> _calls = new();
    private readonly List<ScriptedSocket> _sockets = [];
    private readonly List<PromptRequest> _submissions = [];
    private int _openDownloads;

    public ComfyEndpoint Endpoint { get; } = ComfyEndpoint.Parse(host);

    /// <summary>Thrown by every call while set.</summary>
    public ComfyFault? Outage { get; set; }

    /// <summary>The node classes it names.</summary>
    public ObjectInfo Nodes { get; set; } = new(new Dictionary<string, NodeClass>());

    /// <summary>Done within a call, on the thread of whoever calls.</summary>
    public Action<Call> Meanwhile { get; set; } = _ => { };

    /// <summary>Whether a prompt is queued although its submission fails.</summary>
    public bool QueuesWhatFails { get; set; }

    public bool HonoursInterrupts { get; set; } = true;

    /// <summary>Every prompt ever posted.</summary>
    public IReadOnlyList<PromptRequest> Submissions => Locked(() => _submissions.ToArray());

    public IReadOnlyList<ScriptedSocket> Sockets => Locked(() => _sockets.ToArray());

    public int OpenDownloads => Volatile.Read(ref _openDownloads);

    public int HeldCalls => _gates.Values.Sum(gate => gate.Held);

    public Gate GateOf(Call call) => _gates.GetOrAdd(call, _ => new Gate());

    public int Calls(Call call) => _calls.GetValueOrDefault(call);

    /// <summary>The next calls of this kind fail with these.</summary>
    public void Fail(Call call, params IReadOnlyList<ComfyFault> faults)
    {
        foreach (var fault in faults)
        {
            _faults.GetOrAdd(call, _ => new ConcurrentQueue<ComfyFault>()).Enqueue(fault);
        }
    }

    /// <summary>Begins to execute what waits.</summary>
    public void Run() => Locked(() =>
    {
        _running.AddRange(_pending);
        _pending.Clear();
    });

    /// <summary>Ends whatever runs or waits.</summary>
    public void Finish(HistoryOutcome outcome = HistoryOutcome.Succeeded, ComfyFault? fault = null) => Locked(() =>
    {
        foreach (var item in _running.Concat(_pending))
        {
            _history[item.PromptId] = new HistoryEntry(item.PromptId, outcome,
                [new NodeOutput("3", "3", "images", [new OutputFile("out_00001_.png", "", "output")], [])])
            {
                Fault = fault, Tag = item.Tag, Terms = item.Terms,
            };
        }

        _running.Clear();
        _pending.Clear();
    });

    /// <summary>Loses queue and history, as a restart does.</summary>
    public void Forget() => Locked(() =>
    {
        _running.Clear();
        _pending.Clear();
        _history.Clear();
    });

    /// <summary>A prompt that was there before anybody looked.</summary>
    public void Queue(string promptId, PromptTag? tag = null, PromptTerms? terms = null) =>
        Locked(() => _pending.Add(new QueueItem(0, promptId, null, tag) { Terms = terms }));

    private static QueueItem Item(PromptRequest request) =>
        new(1, request.PromptId, request.ClientId, request.Tag) { Terms = request.Terms };

    public bool Remembers(string promptId) => Locked(() => _history.ContainsKey(promptId));

    public bool Queues(string promptId) =>
        Locked(() => _running.Concat(_pending).Any(item => item.PromptId == promptId));

    public Task<SystemStats> GetSystemStatsAsync(CancellationToken ct) =>
        Answer(Call.Probe, () => new SystemStats("0.3.64", null, null, []), ct);

    public async Task<PromptAccepted> SubmitAsync(PromptRequest request, CancellationToken ct)
    {
        Locked(() => _submissions.Add(request));
        if (QueuesWhatFails)
        {
            Locked(() => _pending.Add(Item(request)));
        }

        return await Answer(Call.Submit, () =>
        {
            if (!QueuesWhatFails)
            {
                _pending.Add(Item(request));
            }

            return new PromptAccepted(request.PromptId, 1, []);
        }, ct);
    }

    public Task<QueueSnapshot> GetQueueAsync(CancellationToken ct) =>
        Answer(Call.Queue, () => new QueueSnapshot([.. _running], [.. _pending]), ct);

    public Task<int> GetQueueRemainingAsync(CancellationToken ct) =>
        Answer(Call.Queue, () => _running.Count + _pending.Count, ct);

    public Task<HistoryEntry?> GetHistoryAsync(string promptId, CancellationToken ct) =>
        Answer(Call.History, () => _history.GetValueOrDefault(promptId), ct);

    public Task<IReadOnlyList<HistoryEntry>> GetRecentHistoryAsync(int maxItems, CancellationToken ct) =>
        Answer<IReadOnlyList<HistoryEntry>>(Call.History, () => [.. _history.Values.TakeLast(maxItems)], ct);

    public Task DeleteHistoryAsync(string promptId, CancellationToken ct) =>
        Answer(Call.Forget, () => _history.Remove(promptId), ct);

    public Task DeleteQueuedAsync(string promptId, CancellationToken ct) =>
        Answer(Call.Delete, () => _pending.RemoveAll(item => item.PromptId == promptId), ct);

    public Task InterruptAsync(string? promptId, CancellationToken ct) => Answer(Call.Interrupt, () =>
    {
        var hit = _running.Where(item => HonoursInterrupts && item.PromptId == promptId).ToList();
        foreach (var item in hit)
        {
            _running.Remove(item);
            _history[item.PromptId] = new HistoryEntry(item.PromptId, HistoryOutcome.Interrupted, []) { Tag = item.Tag };
        }

        return hit.Count;
    }, ct);

    public Task<bool> FreeAsync(CancellationToken ct) => Answer(Call.Free, () => true, ct);

    public Task<ComfyDownload> OpenOutputAsync(OutputFile file, CancellationToken ct) => Answer(Call.View, () =>
    {
        Interlocked.Increment(ref _openDownloads);
        return new ComfyDownload(
            new WatchedStream([1, 2, 3], () => Interlocked.Decrement(ref _openDownloads)), "image/png", 3);
    }, ct);

    public Task<UploadedImage> UploadImageAsync(ImageUpload upload, CancellationToken ct) =>
        Answer(Call.Upload, () => new UploadedImage(upload.Name, "", "input"), ct);

    public Task<ObjectInfo> GetObjectInfoAsync(CancellationToken ct) =>
        Answer(Call.ObjectInfo, () => Nodes, ct);

    public Task<NodeClass?> GetNodeClassAsync(string classType, CancellationToken ct) =>
        Answer<NodeClass?>(Call.ObjectInfo, () => null, ct);

    public Task<IComfySocket> ConnectAsync(string clientId, CancellationToken ct) =>
        Answer<IComfySocket>(Call.Connect, () =>
        {
            var socket = new ScriptedSocket(clientId);
            _sockets.Add(socket);
            return socket;
        }, ct);

    public IComfyClient CreateClient(ComfyEndpoint endpoint) => this;

    public IComfyConnector CreateConnector(ComfyEndpoint endpoint) => this;

    public static ComfyFault Reset() =>
        new(ComfyCause.ConnectionLost, Blame.Network, "reset") { Transient = true, OutcomeUnknown = true };

    public static ComfyFault Refused() =>
        new(ComfyCause.ConnectionRefused, Blame.Network, "refused") { Transient = true };

    public static ComfyFault NoAnswer() =>
        new(ComfyCause.NoAnswer, Blame.Network, "no answer") { Transient = true, OutcomeUnknown = true };

    private async Task<T> Answer<T>(Call call, Func<T> answer, CancellationToken ct)
    {
        _calls.AddOrUpdate(call, 1, (_, calls) => calls + 1);
        Meanwhile(call);
        await GateOf(call).PassAsync(ct);
        if (_faults.TryGetValue(call, out var planned) && planned.TryDequeue(out var fault))
        {
            throw new ComfyException(fault);
        }

        return Outage is { } outage ? throw new ComfyException(outage) : Locked(answer);
    }

    private void Locked(Action action)
    {
        lock (_lock)
        {
            action();
        }
    }

    private T Locked<T>(Func<T> function)
    {
        lock (_lock)
        {
            return function();
        }
    }

    private sealed class WatchedStream(byte[] bytes, Action disposed) : MemoryStream(bytes)
    {
        private Action? _disposed = disposed;

        protected override void Dispose(bool disposing)
        {
            Interlocked.Exchange(ref _disposed, null)?.Invoke();
            base.Dispose(disposing);
        }
    }
}

/// <summary>What can be asked of an instance, and so held back or made to fail.</summary>
public enum Call
{
    Probe,
    Upload,
    Connect,
    Submit,
    Queue,
    History,
    Delete,
    Interrupt,
    View,
    Forget,
    Free,
    ObjectInfo,
}
