using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Tests.Support;

/// <summary>A ComfyUI made of dictionaries: it does nothing until a test says so, and fails how a test says.</summary>
internal sealed class FakeComfy : IComfyClient, IComfyConnector, IComfyFactory
{
    private readonly ConcurrentDictionary<string, HistoryEntry> _history = new();
    private readonly List<QueueItem> _pending = [];
    private readonly List<QueueItem> _running = [];
    private readonly Lock _lock = new();

    public FakeComfy(string host = "fake:1") => Endpoint = ComfyEndpoint.Parse(host);

    public ComfyEndpoint Endpoint { get; }

    /// <summary>Thrown by every call while set: the instance is out of reach.</summary>
    public ComfyFault? Outage { get; set; }

    /// <summary>Thrown by the next submissions; true if the prompt is queued all the same.</summary>
    public Queue<(ComfyFault Fault, bool Queued)> SubmitFaults { get; } = new();

    /// <summary>Thrown by the next downloads.</summary>
    public Queue<ComfyFault> ViewFaults { get; } = new();

    /// <summary>The node classes it names; none at all is no answer that anybody could use.</summary>
    public ObjectInfo Nodes { get; set; } = new(new Dictionary<string, NodeClass>());

    /// <summary>What it says of itself.</summary>
    public SystemStats Stats { get; set; } = new("0.3.64", null, null, []);

    /// <summary>Thrown once, by the next probe, as only a bug of ours would.</summary>
    public Exception? Bug { get; set; }

    /// <summary>Whether interrupts are honoured.</summary>
    public bool HonoursInterrupts { get; set; } = true;

    public Channel<PromptRequest> Submissions { get; } = Channel.CreateUnbounded<PromptRequest>();

    public Channel<FakeSocket> Sockets { get; } = Channel.CreateUnbounded<FakeSocket>();

    public ConcurrentQueue<string> Calls { get; } = new();

    public void Run(string promptId) => Locked(() =>
    {
        var item = _pending.Single(waiting => waiting.PromptId == promptId);
        _pending.Remove(item);
        _running.Add(item);
    });

    public void Finish(string promptId, HistoryOutcome outcome = HistoryOutcome.Succeeded, ComfyFault? fault = null) =>
        Locked(() =>
        {
            var item = _running.Concat(_pending).FirstOrDefault(item => item.PromptId == promptId);
            _running.RemoveAll(item => item.PromptId == promptId);
            _pending.RemoveAll(item => item.PromptId == promptId);
            _history[promptId] = new HistoryEntry(promptId, outcome,
                [new NodeOutput("3", "3", "images", [new OutputFile("out_00001_.png", "", "output")], [])])
            {
                Fault = fault, Tag = item?.Tag, Terms = item?.Terms,
            };
        });

    /// <summary>Forgets everything, as a restart does.</summary>
    public void Restart() => Locked(() =>
    {
        _running.Clear();
        _pending.Clear();
        _history.Clear();
    });

    public bool Knows(string promptId) => _history.ContainsKey(promptId);

    public Task<SystemStats> GetSystemStatsAsync(CancellationToken ct)
    {
        if (Bug is { } bug)
        {
            Bug = null;
            throw bug;
        }

        return Call("probe", () => Stats);
    }

    public async Task<PromptAccepted> SubmitAsync(PromptRequest request, CancellationToken ct)
    {
        await Call("submit", () => 0);
        var fault = SubmitFaults.TryDequeue(out var planned) ? planned : default;
        if (fault.Fault is null || fault.Queued)
        {
            Locked(() => _pending.Add(new QueueItem(Calls.Count, request.PromptId, request.ClientId, request.Tag)
            {
                Terms = request.Terms,
            }));
        }

        await Submissions.Writer.WriteAsync(request, ct);
        return fault.Fault is null
            ? new PromptAccepted(request.PromptId, 0, [])
            : throw new ComfyException(fault.Fault);
    }

    public Task<QueueSnapshot> GetQueueAsync(CancellationToken ct) =>
        Call("queue", () => Locked(() => new QueueSnapshot([.. _running], [.. _pending])));

    public Task<int> GetQueueRemainingAsync(CancellationToken ct) =>
        Call("remaining", () => Locked(() => _running.Count + _pending.Count));

    public Task<HistoryEntry?> GetHistoryAsync(string promptId, CancellationToken ct) =>
        Call("history", () => _history.GetValueOrDefault(promptId));

    public Task<IReadOnlyList<HistoryEntry>> GetRecentHistoryAsync(int maxItems, CancellationToken ct) =>
        Call<IReadOnlyList<HistoryEntry>>("recent", () => [.. _history.Values]);

    public Task DeleteHistoryAsync(string promptId, CancellationToken ct) =>
        Call("forget", () => _history.TryRemove(promptId, out _));

    public Task DeleteQueuedAsync(string promptId, CancellationToken ct) =>
        Call("delete", () => Locked(() => _pending.RemoveAll(item => item.PromptId == promptId)));

    public Task InterruptAsync(string? promptId, CancellationToken ct) => Call("interrupt", () =>
    {
        if (HonoursInterrupts)
        {
            Finish(promptId!, HistoryOutcome.Interrupted);
        }

        return 0;
    });

    public Task<bool> FreeAsync(CancellationToken ct) => Call("free", () => true);

    public Task<ComfyDownload> OpenOutputAsync(OutputFile file, CancellationToken ct) =>
        Call("view", () => ViewFaults.TryDequeue(out var fault)
            ? throw new ComfyException(fault)
            : new ComfyDownload(new MemoryStream([1, 2, 3]), MediaTypeOf(file.Filename), 3));

    public Task<UploadedImage> UploadImageAsync(ImageUpload upload, CancellationToken ct) =>
        Call("upload", () => new UploadedImage(upload.Name, "", "input"));

    public Task<ObjectInfo> GetObjectInfoAsync(CancellationToken ct) =>
        Call("object_info", () => Nodes);

    public Task<NodeClass?> GetNodeClassAsync(string classType, CancellationToken ct) =>
        Call<NodeClass?>("object_info", () => null);

    public async Task<IComfySocket> ConnectAsync(string clientId, CancellationToken ct)
    {
        await Call("connect", () => 0);
        var socket = new FakeSocket(clientId);
        await Sockets.Writer.WriteAsync(socket, ct);
        return socket;
    }

    public IComfyClient CreateClient(ComfyEndpoint endpoint) => this;

    public IComfyConnector CreateConnector(ComfyEndpoint endpoint) => this;

    public static ComfyFault Refused() => new(ComfyCause.ConnectionRefused, Blame.Network, "refused") { Transient = true };

    public static ComfyFault LostAnswer() => new(ComfyCause.ServerError, Blame.Worker, "500")
    {
        HttpStatus = HttpStatusCode.InternalServerError, OutcomeUnknown = true, Transient = true,
    };

    private async Task<T> Call<T>(string name, Func<T> answer)
    {
        await Task.Yield();
        Calls.Enqueue(name);
        return Outage is { } fault ? throw new ComfyException(fault) : answer();
    }

    public static ComfyFault Unavailable() => new(ComfyCause.ServerError, Blame.Worker, "503");

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

    private static string MediaTypeOf(string file) => Path.GetExtension(file) switch
    {
        ".png" => "image/png",
        ".mp4" => "video/mp4",
        _ => "application/octet-stream",
    };
}

/// <summary>A socket that says what a test tells it to.</summary>
internal sealed class FakeSocket(string clientId) : IComfySocket
{
    private readonly Channel<ComfyMessage> _messages = Channel.CreateUnbounded<ComfyMessage>();

    public string ClientId { get; } = clientId;

    public long Dropped => 0;

    public void Say(ComfyMessage message) => _messages.Writer.TryWrite(message);

    public void Break() => _messages.Writer.TryComplete(new ComfyException(
        new ComfyFault(ComfyCause.ConnectionLost, Blame.Network, "reset") { Transient = true }));

    public IAsyncEnumerable<ComfyMessage> ReadAllAsync(CancellationToken ct) => _messages.Reader.ReadAllAsync(ct);

    public Task CloseAsync(CancellationToken ct)
    {
        _messages.Writer.TryComplete();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
