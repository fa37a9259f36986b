using Akka.Actor;

namespace AkkaComfy.Runtime.Internals.Tests.Dispatching;

public sealed class AsyncDepthTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_handler_may_yield_as_often_as_it_likes()
    {
        var system = ActorSystem.Create("deep", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var yielding = system.ActorOf(Props.Create(() => new Yielding()));
        Assert.Equal("done", await yielding.Ask<string>(100_000, Patience));
        await system.Terminate().WaitAsync(Patience);
    }

    private sealed class Yielding : ReceiveActor
    {
        public Yielding() => ReceiveAsync<int>(async times =>
        {
            for (var i = 0; i < times; i++)
                await Task.Yield();
            Sender.Tell("done");
        });
    }
}
