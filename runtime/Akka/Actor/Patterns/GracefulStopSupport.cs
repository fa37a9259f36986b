using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stops an actor and waits until it has.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        GracefulStop(target, timeout, PoisonPill.Instance);

    /// <exception cref="TaskCanceledException">The actor did not stop within the timeout.</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var actor = (IInternalActorRef)target;
        var watcher = new FutureActorRef<Terminated>(actor.Provider);
        watcher.Limit(timeout, CancellationToken.None);
        actor.SendSystemMessage(new Watch(watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            var terminated = await watcher.Task.ConfigureAwait(false);
            return terminated.ActorRef.Equals(target);
        }
        catch (AskTimeoutException e)
        {
            actor.SendSystemMessage(new Unwatch(watcher));
            throw new TaskCanceledException($"{target} did not stop within {timeout}", e);
        }
    }
}
