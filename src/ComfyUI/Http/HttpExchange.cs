using System.Buffers;
using System.Net;
using System.Text.Json;
using AkkaComfy.ComfyUI.Wire;

namespace AkkaComfy.ComfyUI.Http;

/// <summary>
/// Sends calls through their pipelines and reads the answers, within limits of time and size; whatever fails leaves
/// as a classified exception, only the caller's own cancellation as such.
/// </summary>
internal sealed class HttpExchange(
    ComfyEndpoint endpoint, HttpMessageInvoker invoker, ComfyClientOptions options, TimeProvider time)
{
    private const int ChunkBytes = 64 << 10;

    private readonly ComfyPipelines _pipelines = new(options, time);

    /// <summary>A call answered with JSON.</summary>
    public Task<T> ReadAsync<T>(ComfyCall call, Func<JsonElement, T> read, CancellationToken ct) =>
        ReadBytesAsync(call, body => Parsed(body, read), ct);

    /// <summary>A call answered with JSON too large for a document.</summary>
    public Task<T> ReadBytesAsync<T>(ComfyCall call, Func<ReadOnlyMemory<byte>, T> read, CancellationToken ct) =>
        RunAsync(call, async (response, attempt) =>
        {
            using (response)
            {
                return Understood(call, await BodyAsync(call, response, attempt), read);
            }
        }, ct);

    /// <summary>A call whose answer says nothing.</summary>
    public Task DoAsync(ComfyCall call, CancellationToken ct) => ReadBytesAsync(call, static _ => true, ct);

    /// <summary>A call whose answer is handed over once its head is there, to be disposed by the receiver.</summary>
    public Task<HttpResponseMessage> OpenAsync(ComfyCall call, CancellationToken ct) =>
        RunAsync(call, static (response, _) => Task.FromResult(response), ct);

    private async Task<T> RunAsync<T>(
        ComfyCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        try
        {
            return await _pipelines[call.Kind].ExecuteAsync(
                async attempt => call.Kind is CallKind.Submit or CallKind.Upload
                    ? await GuardedAsync(call, read, attempt)
                    : await read(await SendAsync(call, call.Request(), attempt), attempt),
                ct);
        }
        catch (Exception e) when (e is not ComfyException && !ct.IsCancellationRequested)
        {
            throw new ComfyException(FaultClassifier.OfTransport(e, Doing(call), call.MayHaveHappened()), e);
        }
        catch (Exception e) when (e is not (ComfyException or OperationCanceledException))
        {
            throw new OperationCanceledException(e.Message, e, ct);
        }
    }

    private async Task<T> GuardedAsync<T>(
        ComfyCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        using var guard = new StallGuard(options.StallTimeout, time, ct);
        var request = call.Request();
        request.Content = new WatchedContent(request.Content!, guard.Moved);
        try
        {
            return await read(await SendAsync(call, request, guard.Token), guard.Token);
        }
        catch (Exception e) when (guard.HasStalled && !ct.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing was taken or answered for {options.StallTimeout}.", e);
        }
    }

    /// <summary>Disposes the request.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        ComfyCall call, HttpRequestMessage made, CancellationToken ct)
    {
        using var request = made;
        request.Headers.Authorization = endpoint.Authorization;
        request.Options.Set(ComfyTransport.Instance, endpoint.Id);
        var response = await invoker.SendAsync(request, ct);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new ComfyException(await FaultAsync(call, response, ct));
        }
    }

    private async Task<ComfyFault> FaultAsync(ComfyCall call, HttpResponseMessage response, CancellationToken ct)
    {
        var body = await ExplanationAsync(call, response, ct);
        return response.StatusCode is HttpStatusCode.BadRequest && call.Kind is CallKind.Submit
            ? FaultClassifier.OfRejection(body, Doing(call))
            : FaultClassifier.OfStatus(response.StatusCode, body, Doing(call), call.MayHaveHappened());
    }

    /// <summary>The status says what happened, also where the words for it are cut off or too many.</summary>
    private async Task<ReadOnlyMemory<byte>> ExplanationAsync(
        ComfyCall call, HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return await BodyAsync(call, response, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ComfyException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private async Task<ReadOnlyMemory<byte>> BodyAsync(
        ComfyCall call, HttpResponseMessage response, CancellationToken ct)
    {
        var sieve = new JsonSieve(Math.Min(options.MaxStringBytes, call.MaxStringBytes));
        var kept = new ArrayBufferWriter<byte>();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            long received = 0;
            while (await stream.ReadAsync(chunk, ct) is var read and > 0)
            {
                received += read;
                sieve.Write(chunk.AsSpan(0, read), kept);
                if (received > options.MaxAnswerBytes)
                {
                    throw TooLarge(call, options.MaxAnswerBytes);
                }

                if (kept.WrittenCount > options.MaxKeptBytes)
                {
                    throw TooLarge(call, options.MaxKeptBytes);
                }
            }

            return kept.WrittenMemory;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private T Understood<T>(ComfyCall call, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(body);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new ComfyException(FaultClassifier.BadAnswer(Doing(call), e.Message, call.MayHaveHappened()), e);
        }
    }

    private static T Parsed<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        using var document = Json.Parse(body);
        return read(document.RootElement);
    }

    private ComfyException TooLarge(ComfyCall call, long limit) =>
        new(FaultClassifier.AnswerTooLarge(Doing(call), limit, call.MayHaveHappened()));

    private string Doing(ComfyCall call) => $"{call.Doing} at {endpoint.Host}";
}
