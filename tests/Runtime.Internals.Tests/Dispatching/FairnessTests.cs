using Akka.Actor;

namespace AkkaComfy.Runtime.Internals.Tests.Dispatching;

public sealed class FairnessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Pairs_that_never_pause_leave_the_pool_to_others()
    {
        var system = ActorSystem.Create("fair", "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }");
        for (var i = 0; i < 8 * Environment.ProcessorCount; i++)
            system.ActorOf(Props.Create(() => new Echo())).Tell("x", system.ActorOf(Props.Create(() => new Echo())));
        // Seconds each, when the pairs keep the threads to themselves.
        for (var i = 0; i < 50; i++)
        {
            var ran = new TaskCompletionSource();
            ThreadPool.UnsafeQueueUserWorkItem(static ran => ran.SetResult(), ran, preferLocal: false);
            await ran.Task.WaitAsync(Patience);
        }
        await system.Terminate().WaitAsync(Patience);
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
