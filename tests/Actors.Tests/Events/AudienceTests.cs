using System.Runtime.CompilerServices;
using Akka.Streams;
using AkkaComfy.Actors.Events;
using AkkaComfy.Core.Events;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Events;

public sealed class AudienceTests
{
    [Fact]
    public void A_listener_that_has_left_without_being_missed_yet_leaves_no_failure_that_nobody_has_seen()
    {
        var unseen = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, failed) =>
            unseen += failed.Exception.InnerExceptions.Any(it => it is LeftException) ? 1 : 0;
        TaskScheduler.UnobservedTaskException += count;
        try
        {
            TellOneThatLeft();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= count;
        }

        Assert.Equal(0, unseen);
    }

    /// <summary>Apart, so that no local keeps the task alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TellOneThatLeft() =>
        new Audience.Listener(new LeftQueue(), job: null, EventFilter.None, previews: false)
            .Tell(new Occurrence(new LiveEvents.Recovered(DateTimeOffset.UnixEpoch)));

    private sealed class LeftException : Exception;

    private sealed class LeftQueue : ISourceQueue<Occurrence>
    {
        public Task<IQueueOfferResult> OfferAsync(Occurrence element) =>
            Task.FromException<IQueueOfferResult>(new LeftException());

        public Task WatchCompletionAsync() => Task.CompletedTask;
    }
}
