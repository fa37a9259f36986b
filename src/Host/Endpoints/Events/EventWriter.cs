using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using AkkaComfy.Core.Events;
using AkkaComfy.Host.Events;

namespace AkkaComfy.Host.Endpoints.Events;

/// <summary>Writes one response of Server-Sent Events, and keeps it alive while there is nothing to write.</summary>
/// <param name="over">Cancelled when the service leaves, or the client is gone.</param>
/// <param name="gone">Cancelled when the client is gone.</param>
internal sealed class EventWriter(PipeWriter body, TimeProvider time, CancellationToken over, CancellationToken gone)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Cancelled when the stream is over.</summary>
    public CancellationToken Over => over;

    /// <summary>The service leaves, and the client is there to be told a last thing.</summary>
    public bool IsLeaving => over.IsCancellationRequested && !gone.IsCancellationRequested;

    /// <summary>For the last thing.</summary>
    public EventWriter Last => new(body, time, gone, gone);

    /// <param name="id">What the client names when it resumes from here; null leaves that as it is.</param>
    public void Write(ReadOnlySpan<byte> frame, string? id = null)
    {
        if (id is not null)
        {
            body.Write("id: "u8);
            body.Write(Encoding.ASCII.GetBytes(id));
            body.Write("\n"u8);
        }

        body.Write(frame);
    }

    /// <summary>Returns when the client has taken enough of it: one that is slow is waited for here, and nowhere else.</summary>
    public async Task FlushAsync() => await body.FlushAsync(over);

    /// <returns>Null when the subscription has ended and there may be another.</returns>
    public async Task<Backlog?> NextAsync(EventSubscription from)
    {
        var next = from.NextAsync();
        while (!next.IsCompleted)
        {
            await ((Task)next.WaitAsync(KeepAlive, time, over)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            over.ThrowIfCancellationRequested();
            if (!next.IsCompleted)
            {
                body.Write(": still here\n\n"u8);
                await FlushAsync();
            }
        }

        return await next;
    }
}
