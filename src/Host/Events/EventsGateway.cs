using Akka.Actor;
using Akka.Hosting;
using AkkaComfy.Actors.Events;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Core.Events;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Events;

/// <summary>The web server's only way to the hub of events.</summary>
internal sealed class EventsGateway(IRequiredActor<EventHub> hub, ServiceMeters meters)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <returns>To be disposed; a snapshot read once it is there misses nothing.</returns>
    public Task<Try<EventSubscription>> ListenAsync(JobId job, bool previews, CancellationToken cancellationToken) =>
        ListenAsync(until => new Listening.ToJob(job, previews, until), cancellationToken);

    /// <param name="after">The last event heard before; null for none.</param>
    /// <returns>To be disposed.</returns>
    public Task<Try<EventSubscription>> ListenAsync(
        EventFilter filter, StreamPosition? after, CancellationToken cancellationToken) =>
        ListenAsync(until => new Listening.ToAll(filter, after, until), cancellationToken);

    private async Task<Try<EventSubscription>> ListenAsync(
        Func<CancellationToken, object> ask, CancellationToken cancellationToken)
    {
        var left = new CancellationTokenSource();
        try
        {
            var reply = await hub.ActorRef.Ask<Listening.IReply>(ask(left.Token), AnswerTimeout, cancellationToken);
            if (reply is Listening.Joined joined)
            {
                return new EventSubscription(joined, left, meters.Events.Overflowed);
            }

            left.Dispose();
            return ProblemMapping.From(((Listening.Refused)reply).Why);
        }
        catch
        {
            // Whoever joins after all leaves at once.
            await left.CancelAsync();
            left.Dispose();
            throw;
        }
    }
}
