using Akka.Event;

namespace Akka.Actor;

/// <summary>An actor's address for code that is no actor: what is sent to it waits until it is received.</summary>
public class Inbox : IInboxable, IDisposable
{
    private readonly ActorSystem _system;
    private readonly InboxQueue _queue;
    private readonly TimeSpan _defaultTimeout;

    private Inbox(ActorSystem system)
    {
        _system = system;
        var settings = system.Settings.Config.GetConfig("akka.actor.inbox");
        var capacity = settings?.GetInt("inbox-size", 1000) ?? 1000;
        _defaultTimeout = settings?.GetTimeSpan("default-timeout", TimeSpan.FromSeconds(5)) ?? TimeSpan.FromSeconds(5);
        _queue = new InboxQueue(capacity);
        Receiver = ((ExtendedActorSystem)system).SystemActorOf(
            Props.Create(() => new InboxActor(_queue, capacity)), $"inbox-{Guid.NewGuid():N}");
    }

    public IActorRef Receiver { get; }
    public static Inbox Create(ActorSystem system) => new(system);
    public void Send(IActorRef target, object message) => target.Tell(message, Receiver);

    public IActorRef Watch(IActorRef subject)
    {
        Receiver.Tell(new InboxActor.StartWatch(subject, null));
        return subject;
    }

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        Receiver.Tell(new InboxActor.StartWatch(subject, message));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        Receiver.Tell(new InboxActor.StopWatch(subject));
        return subject;
    }

    public object Receive() => Receive(_defaultTimeout);
    public object Receive(TimeSpan max) => ReceiveWhere(static _ => true, max);
    public object ReceiveWhere(Predicate<object> predicate) => ReceiveWhere(predicate, _defaultTimeout);

    public object ReceiveWhere(Predicate<object> predicate, TimeSpan max) =>
        _queue.Take(predicate, max, _system.Scheduler).GetAwaiter().GetResult() ?? throw Expired(max);

    public Task<object> ReceiveAsync() => ReceiveAsync(_defaultTimeout);

    public async Task<object> ReceiveAsync(TimeSpan max) =>
        await _queue.Take(static _ => true, max, _system.Scheduler) ?? new Status.Failure(Expired(max));

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _system.Stop(Receiver);

    private TimeoutException Expired(TimeSpan max) =>
        new($"Inbox {Receiver.Path} didn't receive a response message in specified timeout {max}");
}

/// <summary>Puts whatever it gets into the inbox's queue.</summary>
internal sealed class InboxActor(InboxQueue queue, int capacity) : ActorBase
{
    private bool _reported;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case StartWatch { Message: null } watch:
                Context.Watch(watch.Target);
                break;
            case StartWatch watch:
                Context.WatchWith(watch.Target, watch.Message);
                break;
            case StopWatch watch:
                Context.Unwatch(watch.Target);
                break;
            default:
                if (!queue.Offer(message) && !_reported)
                    ReportFull();
                break;
        }
        return true;
    }

    protected override void PostStop() => queue.Close();

    private void ReportFull()
    {
        _reported = true;
        Context.GetLogger().Warning(
            "Dropping message: Inbox size has been exceeded, use akka.actor.inbox.inbox-size to increase maximum "
            + "allowed inbox size. Current is {0}", capacity);
    }

    internal sealed record StartWatch(IActorRef Target, object? Message);

    internal sealed record StopWatch(IActorRef Target);
}
