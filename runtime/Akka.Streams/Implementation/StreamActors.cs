namespace Akka.Streams.Implementation;

/// <summary>Puts what it receives into a stream; lives as long as the stream takes it.</summary>
internal sealed class ActorSource<T>(OfferQueue<T> queue) : UntypedActor
{
    protected override void PreStart()
    {
        var self = Self;
        queue.WatchCompletionAsync().ContinueWith(
            _ => self.Tell(PoisonPill.Instance, ActorRefs.NoSender), TaskScheduler.Default);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Status.Success:
                queue.Complete();
                break;
            case Status.Failure failure:
                queue.Fail(failure.Cause);
                break;
            case T element:
                queue.OfferAsync(element);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop() => queue.Complete();
}

/// <summary>Cancels a token when another actor has stopped.</summary>
internal sealed class TerminationWatch(IActorRef target, CancellationTokenSource stopped) : UntypedActor
{
    protected override void PreStart() => Context.Watch(target);

    protected override void OnReceive(object message)
    {
        if (message is not Terminated) return;
        _ = stopped.CancelAsync();
        Context.Stop(Self);
    }
}
