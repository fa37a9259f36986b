using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Traces;

namespace AkkaComfy.Emulator.Tests.Replay;

/// <summary>
/// Plays the client's part of recordings against an emulator and compares what comes back, frame by frame and answer
/// by answer. The emulator's clock moves only when the recording has a frame next that takes time, so that requests
/// hit the same moment of an execution as they did when recorded.
/// </summary>
internal sealed class TraceReplay(EmulatedComfy comfy, VirtualTime clock, string outputFolder) : IAsyncDisposable
{
    private const int HexOfEvent = 8;
    private const int HexOfFrameHeader = 20; // event, format and the first bytes of the image

    /// <summary>A recorded frame's time includes its way to the client, which is not always the same.</summary>
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(5);

    private readonly HttpClient _http = new() { BaseAddress = comfy.BaseAddress };
    private readonly Names _names = new();
    private readonly Dictionary<string, TestSocket> _sockets = [];
    private readonly List<string> _differences = [];
    private Func<Task> _settle = comfy.WhenParked;
    private string? _entityTag;

    /// <summary>What was not compared, and why.</summary>
    public List<string> LeftOut { get; } = [];

    public IReadOnlyList<string> Differences => _differences;

    /// <summary>A request that takes a number and does nothing else, for one that was not recorded.</summary>
    public async Task SkipNumberAsync()
    {
        using var body = new StringContent("{}");
        using var answer = await _http.PostAsync("/prompt", body);
    }

    /// <param name="unsettled">
    /// Whether to act while the worker computes, rather than wait until it has nothing to do.
    /// </param>
    /// <param name="without">The note that begins a part to be left out, up to the next note, and the reason.</param>
    public async Task RunAsync(string trace, bool unsettled = false, (string Note, string Reason)? without = null)
    {
        _settle = unsettled ? () => Task.CompletedTask : comfy.WhenParked;
        var began = clock.Elapsed;
        var requests = new Requests(_names);
        var skipping = false;
        foreach (var recorded in TraceFile.Read(trace).OrderBy(At))
        {
            if (recorded.Kind == "note")
            {
                skipping = without is { } left && left.Note == recorded.Text;
            }

            if (skipping)
            {
                await SkipAsync(recorded, without!.Value.Reason);
                continue;
            }

            await PlayAsync(recorded, began + TimeSpan.FromMilliseconds(At(recorded)), requests);
        }

        await clock.AdvanceToAsync(clock.Elapsed + TimeSpan.FromMinutes(1), _settle);
        foreach (var name in _sockets.Keys.ToList())
        {
            await CloseAsync(name, trace);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets.Values)
        {
            await socket.DisposeAsync();
        }

        _http.Dispose();
    }

    private Task PlayAsync(TraceEvent recorded, TimeSpan at, Requests requests) => recorded.Kind switch
    {
        "http" => RequestAsync(recorded, at, requests),
        "ws" => FrameAsync(recorded, at),
        "ws_binary" => PreviewAsync(recorded, at),
        "ws_open" => OpenAsync(recorded, at, requests),
        "ws_closed" => CloseAsync(recorded.Socket!, $"{recorded}"),
        "ws_send" => IntroduceAsync(_sockets[recorded.Socket!], recorded.Text),
        _ => ObeyAsync(recorded.Text),
    };

    /// <summary>
    /// The only message that clients send. No order holds between a socket and the next request, so its answer is
    /// awaited here, as it had come when the session was recorded.
    /// </summary>
    private static async Task IntroduceAsync(TestSocket socket, string text)
    {
        await socket.SendAsync(text);
        await socket.ArrivedAsync("feature_flags");
    }

    /// <summary>Most notes are comments; one says what somebody did to the server's disk.</summary>
    private Task ObeyAsync(string note)
    {
        if (note.StartsWith("output file deleted from disk", StringComparison.Ordinal))
        {
            File.Delete(Path.Combine(outputFolder, "cached_00001_.png"));
        }

        return Task.CompletedTask;
    }

    private async Task RequestAsync(TraceEvent recorded, TimeSpan at, Requests requests)
    {
        if (Unanswerable(recorded) is { } reason)
        {
            LeftOut.Add($"{recorded} {recorded.Method} {recorded.Path}: {reason}");
            return;
        }

        // An interrupt stands between two ticks; where exactly is for the frames around it to say.
        await (IsInterrupt(recorded) ? _settle() : clock.AdvanceToAsync(at, _settle));
        using var request = requests.Of(recorded, _entityTag);
        using var answer = await _http.SendAsync(request);
        _entityTag = answer.Headers.ETag?.Tag ?? _entityTag;
        await LearnIdAsync(recorded, answer);
        foreach (var difference in await new Answers(_names).DifferencesAsync(recorded, answer))
        {
            _differences.Add($"{recorded} {recorded.Method} {recorded.Path}: {difference}");
        }
    }

    /// <summary>A submission that is left out still takes its number.</summary>
    private Task SkipAsync(TraceEvent recorded, string reason)
    {
        LeftOut.Add($"{recorded} {recorded.Kind}: {reason}");
        return recorded is { Kind: "http", Method: "POST", Path: "/prompt" } ? SkipNumberAsync() : Task.CompletedTask;
    }

    private static string? Unanswerable(TraceEvent recorded)
    {
        if (recorded.Path.Contains("preview=webp", StringComparison.Ordinal))
        {
            return "the emulator writes no WebP";
        }

        return recorded.Path.StartsWith("/history/", StringComparison.Ordinal)
            && recorded.Member("body_binary").ValueKind == JsonValueKind.Object
            ? "only the size of this body was recorded"
            : null;
    }

    private async Task LearnIdAsync(TraceEvent recorded, HttpResponseMessage answer)
    {
        if (recorded.Method != "POST" || recorded.Body is not { ValueKind: JsonValueKind.Object } body)
        {
            return;
        }

        if (!body.TryGetProperty("prompt_id", out var id))
        {
            return;
        }

        var sent = recorded.RequestBody;
        if (sent.ValueKind == JsonValueKind.Object && sent.TryGetProperty("prompt_id", out var chosen)
            && chosen.ToString() == id.ToString())
        {
            return;
        }

        var actual = JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync());
        if ((string?)actual?["prompt_id"] is { } given)
        {
            _names.Learn(id.GetString()!, given);
        }
    }

    private async Task OpenAsync(TraceEvent recorded, TimeSpan at, Requests requests)
    {
        requests.ClientId = recorded.Member("client_id").GetString();
        await clock.AdvanceToAsync(at, _settle);
        _sockets[recorded.Socket!] = await TestSocket.OpenAsync(
            comfy, recorded.Member("client_id").GetString(), recorded.Member("path").GetString()!);
    }

    private async Task FrameAsync(TraceEvent recorded, TimeSpan at)
    {
        var wanted = JsonNode.Parse(recorded.Text)!;
        await clock.AdvanceToAsync(at, _settle, Jitter);
        if (await NextAsync(recorded) is not { } frame)
        {
            return;
        }

        if (frame.Type == WebSocketMessageType.Binary)
        {
            _differences.Add($"{recorded}: a binary frame instead of {recorded.Text}");
            return;
        }

        var actual = _names.ToRecorded(frame.Bytes)!;
        // A socket without a client id is given one by the server.
        if (wanted["data"]?["sid"] is not null && (string?)actual["data"]?["sid"] is { Length: 32 } sid)
        {
            actual["data"]!["sid"] = wanted["data"]!["sid"]!.DeepClone();
        }

        var (expected, got) = (Normal.Form(wanted), Normal.Form(actual));
        if (expected == got)
        {
            return;
        }

        _differences.Add($"{recorded} {recorded.Socket}: frame\n    {got}\n  instead of\n    {expected}");
    }

    private async Task PreviewAsync(TraceEvent recorded, TimeSpan at)
    {
        await clock.AdvanceToAsync(at, _settle, Jitter);
        if (await NextAsync(recorded) is not { } frame)
        {
            return;
        }
        // After event 4 comes the length of a JSON text, which depends on its spaces.
        var recordedHead = recorded.Member("head_hex").GetString()!;
        var compared = recordedHead.StartsWith("00000004", StringComparison.Ordinal) ? HexOfEvent : HexOfFrameHeader;
        var (wanted, got) = (recordedHead[..compared], Convert.ToHexStringLower(frame.Bytes)[..compared]);
        if (got != wanted)
        {
            _differences.Add($"{recorded}: a binary frame that starts {got} instead of {wanted}");
        }
    }

    private async Task<(WebSocketMessageType Type, byte[] Bytes)?> NextAsync(TraceEvent recorded)
    {
        try
        {
            return await _sockets[recorded.Socket!].ReadAsync();
        }
        catch (OperationCanceledException e)
        {
            var before = string.Join("\n", _differences);
            throw new InvalidOperationException($"{recorded}: waited in vain for {recorded.Text}\n{before}", e);
        }
    }

    private async Task CloseAsync(string name, string where)
    {
        if (!_sockets.Remove(name, out var socket))
        {
            return;
        }

        await _settle();
        foreach (var frame in await socket.CloseAsync())
        {
            _differences.Add($"{where} {name}: a frame too many: {System.Text.Encoding.UTF8.GetString(frame)}");
        }

        await socket.DisposeAsync();
    }

    private static bool IsInterrupt(TraceEvent recorded) => recorded.Kind == "http" && recorded.Path == "/interrupt";

    /// <summary>
    /// A request happens when it was sent; an interrupt, which only shows later, when it was answered.
    /// </summary>
    private static double At(TraceEvent recorded) =>
        recorded.Member("t_sent_ms") is { ValueKind: JsonValueKind.Number } sent && !IsInterrupt(recorded)
            ? sent.GetDouble()
            : recorded.Member("t_ms") is { ValueKind: JsonValueKind.Number } at ? at.GetDouble() : 0;
}
