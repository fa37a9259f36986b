using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>A running service, spoken to over HTTP as any client would.</summary>
/// <remarks>
/// Every call throws <see cref="OutOfReachException"/> when nobody answers, and <see cref="RefusedException"/> when the
/// answer is a problem.
/// </remarks>
internal sealed class ServiceClient : IDisposable
{
    private const string EventStream = "text/event-stream";

    /// <summary>The service itself takes up to a minute to delete a running job, or to answer a long poll.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(90);

    /// <summary>For an upload over a slow line.</summary>
    private static readonly TimeSpan UploadLimit = TimeSpan.FromMinutes(30);

    /// <summary>Of any body; where there are no events, comments come every 15 s.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(45);

    private const int Piece = 64 * 1024;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public ServiceClient(ServiceAddress address, TimeProvider time)
    {
        _time = time;
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = address.Base, Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = address.Credentials;
    }

    public ServiceAddress Address { get; }

    public void Dispose() => _http.Dispose();

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Get, Relative(path)), AnswerLimit, cancellationToken);

    public Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Post, Relative(path)), AnswerLimit, cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        CallAsync(new HttpRequestMessage(HttpMethod.Delete, Relative(path)), AnswerLimit, cancellationToken);

    /// <summary>Submits a job; submitted again with the same key, it is the same job.</summary>
    public Task<JsonElement> SubmitAsync(
        string workflow, HttpContent form, string key, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Relative($"api/async/{Escaped(workflow)}"))
        {
            Content = form,
        };
        request.Headers.Add("Idempotency-Key", key);
        return CallAsync(request, UploadLimit, cancellationToken);
    }

    /// <summary>Copies what is at the path.</summary>
    public async Task DownloadAsync(string path, Stream into, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Relative(path));
        using var answer = await SendAsync(request, AnswerLimit, cancellationToken);
        await using var body = await HeardAsync(answer, cancellationToken);
        var piece = new byte[Piece];
        for (int read; (read = await ReachingAsync(
            () => body.ReadAsync(piece, cancellationToken).AsTask(), cancellationToken)) > 0;)
        {
            // What fails here is no fault of the service.
            await into.WriteAsync(piece.AsMemory(0, read), cancellationToken);
        }
    }

    /// <summary>The events at the path, until the service ends them.</summary>
    /// <param name="after">The id of the last one known; null for none.</param>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync(
        string path, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Relative(path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(EventStream));
        if (after is not null)
        {
            request.Headers.Add("Last-Event-ID", after);
        }

        using var answer = await SendAsync(request, AnswerLimit, cancellationToken);
        await using var body = await HeardAsync(answer, cancellationToken);
        await using var events = SseParser.Create(body)
            .EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await ReachingAsync(() => events.MoveNextAsync().AsTask(), cancellationToken))
        {
            yield return events.Current;
        }
    }

    public static string Escaped(string part) => Uri.EscapeDataString(part);

    private async Task<JsonElement> CallAsync(
        HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var answer = await SendAsync(request, limit, cancellationToken);
            return await ReachingAsync(() => ReadAsync(answer, cancellationToken), cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var answer = await ReachingAsync(
            () => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token), cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await ReachingAsync(
                async () =>
                {
                    await using var body = await HeardAsync(answer, cancellationToken);
                    return await RefusedException.FromAsync(answer, body, _time, cancellationToken);
                },
                cancellationToken);
        }
    }

    private async Task<HeardStream> HeardAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        new(await answer.Content.ReadAsStreamAsync(cancellationToken), SilenceLimit, _time);

    private async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await HeardAsync(answer, cancellationToken);
        try
        {
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw CommandException.NoService("it did not answer JSON", $" at {Address}");
        }
    }

    /// <summary>However a connection fails, it is told in one way.</summary>
    private async Task<T> ReachingAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            throw new OutOfReachException(Address, gone.Message, gone);
        }
        catch (Exception late) when (late is TimeoutException
            || (late is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OutOfReachException(Address, "it does not answer in time", late);
        }
    }

    /// <summary>Addresses in answers start at the root of the service, which may stand below another's.</summary>
    private static Uri Relative(string path) => new(path.TrimStart('/'), UriKind.Relative);
}
