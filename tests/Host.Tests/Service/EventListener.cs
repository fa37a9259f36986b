using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>One thing said in a stream of events.</summary>
/// <param name="Id">The last one given so far.</param>
internal sealed record HeardEvent(string Event, string Id, JsonElement Data)
{
    public string this[string member] => Data.GetProperty(member).ToString();
}

/// <summary>A client of a stream of Server-Sent Events, read by a parser that is not ours.</summary>
internal sealed class EventListener : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly SseParser<JsonElement> _parser;
    private readonly IAsyncEnumerator<SseItem<JsonElement>> _items;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    private EventListener(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(body, (_, data) => JsonDocument.Parse(data.ToArray()).RootElement.Clone());
        _items = _parser.EnumerateAsync(_patience.Token).GetAsyncEnumerator(_patience.Token);
    }

    public HttpResponseMessage Response => _response;

    public static async Task<EventListener> OpenAsync(HttpClient http, string path, string? lastId = null)
    {
        var response = await AskAsync(http, path, lastId);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new EventListener(response, await response.Content.ReadAsStreamAsync());
    }

    public static async Task<HttpResponseMessage> AskAsync(HttpClient http, string path, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <returns>Null when the stream has ended.</returns>
    public async Task<HeardEvent?> NextAsync() => await _items.MoveNextAsync()
        ? new HeardEvent(_items.Current.EventType, _parser.LastEventId, _items.Current.Data)
        : null;

    /// <summary>All until one that is expected, and with it.</summary>
    public async Task<List<HeardEvent>> UntilAsync(Predicate<HeardEvent> isExpected)
    {
        var heard = new List<HeardEvent>();
        do
        {
            heard.Add(await NextAsync() ?? throw new EndOfStreamException(string.Join('\n', heard)));
        }
        while (!isExpected(heard[^1]));
        return heard;
    }

    /// <summary>All until the stream ends.</summary>
    public async Task<List<HeardEvent>> RestAsync()
    {
        var heard = new List<HeardEvent>();
        while (await NextAsync() is { } said)
        {
            heard.Add(said);
        }

        return heard;
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        await _items.DisposeAsync();
        _patience.Dispose();
    }
}
