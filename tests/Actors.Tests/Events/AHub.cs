using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using AkkaComfy.Actors.Events;
using AkkaComfy.Core.Events;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Events;

/// <summary>A hub in an actor system of its own, what is published there, and who listens.</summary>
internal sealed class AHub : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly DateTimeOffset Then = DateTimeOffset.UnixEpoch;
    private static readonly WorkflowName Workflow = new("upscale-image");
    private static readonly InstanceId Instance = new("a:8188");

    private readonly ActorSystem _system = ActorSystem.Create("hub", ConfigurationFactory.ParseString(
        "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }"));

    public AHub(int backlog = 512, int remembered = 4096, int maxListeners = 100, int maxPreviewers = 10) =>
        Hub = _system.ActorOf(EventHub.Props(new FleetOptions
        {
            Endpoints = [],
            MaxConcurrentJobs = 1,
            EventBacklog = backlog,
            RememberedEvents = remembered,
            MaxEventListeners = maxListeners,
            MaxPreviewListeners = maxPreviewers,
        }), "events");

    public IActorRef Hub { get; }

    public JobId Job { get; } = JobId.New(Then);

    public Task<Listening.IReply> TryListenAsync(bool previews = false, CancellationToken until = default) =>
        Hub.Ask<Listening.IReply>(new Listening.ToJob(Job, previews, until), Patience, CancellationToken.None);

    public async Task<Listening.Joined> ListenAsync(bool previews = false, CancellationToken until = default) =>
        Assert.IsType<Listening.Joined>(await TryListenAsync(previews, until));

    public async Task<Listening.Joined> ListenToAllAsync(StreamPosition? after = null, EventFilter? filter = null) =>
        Assert.IsType<Listening.Joined>(await Hub.Ask<Listening.IReply>(
            new Listening.ToAll(filter ?? EventFilter.None, after, CancellationToken.None), Patience));

    public void Publish(LiveEvents.IEvent what)
    {
        var latest = new Latest<LiveEvents.JobProgressed>();
        _system.EventStream.Publish(what is LiveEvents.JobProgressed it && latest.Put(it) ? latest : what);
    }

    /// <returns>Whether it took previews until now.</returns>
    public bool StopPreviews() => _system.EventStream.Unsubscribe(Hub, typeof(LiveEvents.JobPreviewed));

    /// <returns>Whether it took none until now.</returns>
    public bool StartPreviews() => _system.EventStream.Subscribe(Hub, typeof(LiveEvents.JobPreviewed));

    public LiveEvents.JobChanged Changed(int version) => new(
        Job, Workflow, version, JobStep.Started, JobPhase.Processing, JobPhase.Processing, Then)
    {
        CreatedAt = Then, QueuedAt = Then, On = Instance,
    };

    public LiveEvents.JobChanged Ended(int version) => Changed(version) with
    {
        Step = JobStep.Completed, Phase = JobPhase.Completed, EndedAt = Then,
    };

    public LiveEvents.JobProgressed Progressed(int percentage) =>
        new(Job, Workflow, Instance, 1, new JobProgress(percentage, null), Then);

    public LiveEvents.JobPreviewed Previewed() => new(Job, 1, "3", "image/jpeg", new byte[] { 1 }, Then);

    public static LiveEvents.Recovered Recovered() => new(Then);

    /// <summary>Nothing can be made of it: a bug, as far as the hub can see.</summary>
    public static LiveEvents.InstanceChanged Nonsense() => new(null!, Then);

    /// <returns>Null when the stream has ended.</returns>
    public static async Task<Backlog?> NextAsync(ChannelReader<Backlog> heard)
    {
        using var limit = new CancellationTokenSource(Patience);
        return await heard.WaitToReadAsync(limit.Token) && heard.TryRead(out var backlog) ? backlog : null;
    }

    /// <summary>All up to the end of the job.</summary>
    public static async Task<List<LiveEvents.IEvent>> ToEndAsync(ChannelReader<Backlog> heard)
    {
        var all = new List<LiveEvents.IEvent>();
        while (all is not [.., LiveEvents.JobChanged { HasEnded: true }])
        {
            var backlog = await NextAsync(heard) ?? throw new EndOfStreamException();
            Assert.Equal(Gap.None, backlog.Gap);
            all.AddRange(backlog.Occurrences.Select(occurrence => occurrence.What));
        }

        return all;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
