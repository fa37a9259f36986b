using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using AkkaComfy.Core.Events;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Events;

/// <summary>Tells any number of listeners, each at its own pace, what happens to jobs and instances.</summary>
/// <remarks><code>
///                          ┌─▶ queue ─▶ conflate ─▶ one backlog ─▶ listener
///   event stream ──▶ hub ──┤
///                          └─▶ queue ─▶ conflate ─▶ one backlog ─▶ listener
/// </code>
/// A stream for each listener, and not one for all: a broadcast waits for its slowest reader. What a reader does not take
/// is conflated behind it (<see cref="Backlog"/>), so that none delays another, and a job's events go to those who listen
/// to it alone. Restarted, the hub has lost its listeners and its memory: all are told to listen anew, and changes are
/// numbered anew under another epoch. When the supervisor has recovered, what the hub remembers is not all there was: it is
/// forgotten, under a number of its own, so that nobody resumes from before as if nothing were missing.
/// </remarks>
public sealed class EventHub : ReceiveActor
{
    private static readonly TimeSpan ComeBackIn = TimeSpan.FromSeconds(5);

    private readonly FleetOptions _options;
    private readonly ChangeRing _ring;
    private readonly string _epoch = StreamPosition.NewEpoch();
    private readonly Audience _audience = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly ActorMaterializer _streams = Context.Materializer();

    /// <summary>An earlier incarnation may have subscribed.</summary>
    private bool _receivesPreviews = true;

    public EventHub(FleetOptions options)
    {
        _options = options;
        _ring = new ChangeRing(options.RememberedEvents);
        Receive<LiveEvents.JobChanged>(change =>
        {
            var numbered = _ring.Add(change);
            _audience.TellThoseOfAll(numbered);
            _audience.TellThoseOf(change.JobId, numbered);
        });
        Receive<Latest<LiveEvents.JobProgressed>>(latest =>
        {
            if (latest.Take() is not { } progressed)
            {
                return;
            }

            _audience.TellThoseOfAll(new Occurrence(progressed));
            _audience.TellThoseOf(progressed.JobId, new Occurrence(progressed));
        });
        Receive<LiveEvents.JobPreviewed>(preview => _audience.TellThoseOf(preview.JobId, new Occurrence(preview)));
        Receive<LiveEvents.InstanceChanged>(changed => _audience.TellThoseOfAll(new Occurrence(changed)));
        Receive<LiveEvents.Recovered>(recovered =>
            _audience.TellEverybody(new Occurrence(recovered, _ring.Forget())));
        Receive<Listening.ToJob>(listen =>
            Admit(listen.JobId, EventFilter.None, listen.Previews, after: null, listen.Until));
        Receive<Listening.ToAll>(listen =>
            Admit(job: null, listen.Filter, previews: false, listen.After, listen.Until));
        Receive<Listening.GetAudience>(_ => Sender.Tell(new Listening.Audience(_audience.Count)));
        Receive<Left>(left =>
        {
            _audience.Remove(left.Listener);
            ReceivePreviewsIfWanted();
        });
    }

    protected override void PreStart()
    {
        ReceivePreviewsIfWanted();
        Type[] always =
        [
            typeof(LiveEvents.JobChanged), typeof(Latest<LiveEvents.JobProgressed>), typeof(LiveEvents.InstanceChanged),
            typeof(LiveEvents.Recovered),
        ];
        foreach (var kind in always)
        {
            Context.System.EventStream.Subscribe(Self, kind);
        }
    }

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void Admit(JobId? job, EventFilter filter, bool previews, StreamPosition? after, CancellationToken until)
    {
        if (WhyRefused(previews) is { } why)
        {
            Sender.Tell(new Listening.Refused(new Refusal(RefusalReason.TooManyListeners, why, ComeBackIn)));
            return;
        }

        var (queue, heard) = Open(until);
        var listener = new Audience.Listener(queue, job, filter, previews);
        _audience.Add(listener);
        ReceivePreviewsIfWanted();
        queue.WatchCompletionAsync().PipeTo(
            Self, success: () => new Left(listener), failure: _ => new Left(listener));
        Sender.Tell(new Listening.Joined(
            heard, new StreamPosition(_epoch, _ring.Last), Missed(after, filter), _lifetime.Token));
    }

    private string? WhyRefused(bool previews) =>
        _audience.Count >= _options.MaxEventListeners
            ? $"{_audience.Count} streams of events are open, and MAX_EVENT_LISTENERS is "
                + $"{_options.MaxEventListeners}: try again later, raise the limit, or poll the status."
            : previews && _audience.Previewers >= _options.MaxPreviewListeners
                ? $"{_audience.Previewers} streams with previews are open, and there may be no more: try again later, or "
                    + "leave previews out."
                : null;

    private (ISourceQueueWithComplete<Occurrence> Queue, ChannelReader<Backlog> Heard) Open(CancellationToken until) =>
        Source.Queue<Occurrence>(_options.EventBacklog, OverflowStrategy.Fail)
            .Via(until.AsFlow<Occurrence>(cancelGracefully: true))
            .ConflateWithSeed(
                first => new Backlog(_options.EventBacklog).Add(first), (behind, next) => behind.Add(next))
            .ToMaterialized(ChannelSink.AsReader<Backlog>(1, singleReader: true), Keep.Both)
            .Run(_streams);

    private ImmutableArray<Occurrence>? Missed(StreamPosition? after, EventFilter filter) =>
        after is { } last && last.Epoch == _epoch && _ring.After(last.Number) is { } missed
            ? [.. missed.Where(occurrence => filter.Wants(occurrence.What))]
            : null;

    /// <summary>While nobody wants previews, their publishers have nobody to tell them to.</summary>
    private void ReceivePreviewsIfWanted()
    {
        var wanted = _audience.Previewers > 0;
        if (wanted && !_receivesPreviews)
        {
            Context.System.EventStream.Subscribe(Self, typeof(LiveEvents.JobPreviewed));
        }
        else if (!wanted && _receivesPreviews)
        {
            Context.System.EventStream.Unsubscribe(Self, typeof(LiveEvents.JobPreviewed));
        }

        _receivesPreviews = wanted;
    }

    public static Props Props(FleetOptions options) => Akka.Actor.Props.Create(() => new EventHub(options));

    private sealed record Left(Audience.Listener Listener);
}
