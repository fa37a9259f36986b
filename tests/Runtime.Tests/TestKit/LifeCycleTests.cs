using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Xunit.Abstractions;

namespace AkkaComfy.Runtime.Tests.TestKit;

public sealed class LifeCycleTests
{
    [Fact]
    public async Task The_system_ends_with_the_kit()
    {
        var kit = new Kit();
        var system = kit.Sys;
        kit.Dispose();
        await system.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_kit_can_use_a_system_that_it_is_given()
    {
        var system = ActorSystem.Create("given", Akka.TestKit.Xunit2.TestKit.DefaultConfig);
        using (var kit = new Kit(system))
        {
            Assert.Same(system, kit.Sys);
            kit.TestActor.Tell("hello", ActorRefs.NoSender);
            kit.ExpectMsg("hello");
        }
        await system.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void What_is_logged_reaches_the_output_of_the_test()
    {
        var output = new Lines();
        using var kit = new Kit(output);
        kit.Sys.Log.Warning("to be seen");
        kit.AwaitCondition(() => output.Any("to be seen"));
    }

    [Fact]
    public void Without_an_implicit_sender_messages_come_from_nobody()
    {
        using var kit = new Anonymous();
        kit.TestActor.Tell("hello");
        kit.ExpectMsg("hello");
        Assert.NotEqual(kit.TestActor, kit.LastSender);
    }

    [Fact]
    public void A_latch_opens_when_it_has_been_counted_down()
    {
        using var kit = new Kit();
        var latch = kit.CreateTestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        Assert.ThrowsAny<TimeoutException>(() => latch.Ready(TimeSpan.FromMilliseconds(20)));
        latch.CountDown();
        latch.Ready();
        Assert.True(latch.IsOpen);
    }

    [Fact]
    public async Task A_barrier_holds_until_all_have_come()
    {
        using var kit = new Kit();
        var barrier = kit.CreateTestBarrier(2);
        var other = Task.Run(() => barrier.Await());
        barrier.Await();
        await other.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private sealed class Kit : Akka.TestKit.Xunit2.TestKit
    {
        public Kit(ActorSystem? system = null) : base(system)
        {
        }

        public Kit(ITestOutputHelper output) : base(output: output)
        {
        }
    }

    private sealed class Anonymous : Akka.TestKit.Xunit2.TestKit, INoImplicitSender;

    private sealed class Lines : ITestOutputHelper
    {
        private readonly List<string> _lines = [];

        public bool Any(string part)
        {
            lock (_lines) return _lines.Any(line => line.Contains(part, StringComparison.Ordinal));
        }

        public void WriteLine(string message)
        {
            lock (_lines) _lines.Add(message);
        }

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(format, args));
    }
}
