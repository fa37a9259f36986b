namespace AkkaComfy.ComfyUI.Http;

/// <summary>The body of an answer: each read has a limit of silence, and failures are classified.</summary>
internal sealed class DownloadStream(
    HttpResponseMessage response, string doing, TimeSpan idleTimeout, TimeProvider time) : ReadOnlyStream
{
    private readonly Stream _body = response.Content.ReadAsStream();
    private readonly CancellationTokenSource _silence = new(Timeout.InfiniteTimeSpan, time);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await using var cancelled = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), _silence);
        _silence.CancelAfter(idleTimeout);
        try
        {
            return await _body.ReadAsync(buffer, _silence.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ComfyException(FaultClassifier.OfTransport(e, doing), e);
        }
        finally
        {
            _silence.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
            _silence.Dispose();
        }

        base.Dispose(disposing);
    }
}
