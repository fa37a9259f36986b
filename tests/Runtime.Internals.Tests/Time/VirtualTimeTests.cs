using Akka.Actor;
using Akka.Actor.Setup;

namespace AkkaComfy.Runtime.Internals.Tests.Time;

/// <summary>What runs on the clock of a system whose clock is the test's.</summary>
public sealed class VirtualTimeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTime _time = new();
    private readonly ActorSystem _system;

    public VirtualTimeTests() => _system = ActorSystem.Create("virtual", ActorSystemSetup.Create(
        BootstrapSetup.Create().WithConfig("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }"),
        new TimeSetup(_time)));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Patience);

    [Fact]
    public async Task An_Ask_times_out_at_its_time_and_leaves_nothing_behind()
    {
        var silent = _system.ActorOf(Props.Create(() => new Silent()));
        var answer = silent.Ask<string>("x", TimeSpan.FromMinutes(5));
        await silent.Ask<ActorIdentity>(new Identify(1), Timeout.InfiniteTimeSpan).WaitAsync(Patience);
        Assert.True(Temporary.HasChildren);
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.False(answer.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<AskTimeoutException>(() => answer.WaitAsync(Patience));
        Assert.False(Temporary.HasChildren);
    }

    [Fact]
    public async Task An_answered_or_cancelled_Ask_leaves_nothing_behind()
    {
        var silent = _system.ActorOf(Props.Create(() => new Silent()));
        using var cancellation = new CancellationTokenSource();
        var cancelled = silent.Ask<string>("x", TimeSpan.FromMinutes(5), cancellation.Token);
        await silent.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromMinutes(5)).WaitAsync(Patience);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));
        Assert.False(Temporary.HasChildren);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _time.Armed);
    }

    [Fact]
    public async Task A_failure_after_the_window_opens_a_new_one()
    {
        var parent = _system.ActorOf(Props.Create(() => new Parent(1, TimeSpan.FromSeconds(10))));
        var child = await parent.Ask<IActorRef>("child").WaitAsync(Patience);
        for (var i = 0; i < 5; i++)
        {
            child.Tell("fail");
            Assert.Equal(child, await Alive(child));
            _time.Advance(TimeSpan.FromSeconds(11));
        }
    }

    [Fact]
    public async Task One_failure_too_many_within_the_window_stops()
    {
        var parent = _system.ActorOf(Props.Create(() => new Parent(2, TimeSpan.FromSeconds(10))));
        var child = await parent.Ask<IActorRef>("child").WaitAsync(Patience);
        child.Tell("fail");
        _time.Advance(TimeSpan.FromSeconds(4));
        child.Tell("fail");
        Assert.Equal(child, await Alive(child));
        _time.Advance(TimeSpan.FromSeconds(4));
        var stopped = parent.Ask<string>("told when the child stops");
        child.Tell("fail");
        Assert.Equal("stopped", await stopped.WaitAsync(Patience));
    }

    [Fact]
    public async Task The_receive_timeout_runs_on_the_same_clock()
    {
        var told = new TaskCompletionSource();
        var a = _system.ActorOf(Props.Create(() => new Sleeper(told)));
        await a.Ask<string>("set").WaitAsync(Patience);
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(told.Task.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(2));
        await told.Task.WaitAsync(Patience);
    }

    private VirtualPathContainer Temporary =>
        (VirtualPathContainer)((ExtendedActorSystem)_system).Provider.TempContainer;

    private static async Task<IActorRef> Alive(IActorRef actor) =>
        (await actor.Ask<ActorIdentity>(new Identify(1)).WaitAsync(Patience)).Subject;

    private sealed class Silent : UntypedActor
    {
        // Looking at the sender's path makes its Ask take a place in the tree.
        protected override void OnReceive(object message) => _ = Sender.Path.Name;
    }

    private sealed class Parent(int retries, TimeSpan window) : UntypedActor
    {
        private IActorRef? _asker;

        protected override SupervisorStrategy SupervisorStrategy() =>
            new OneForOneStrategy(retries, window, static _ => Directive.Restart);

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "child":
                    Sender.Tell(Context.Watch(Context.ActorOf(Props.Create(() => new Child()))));
                    break;
                case Terminated:
                    _asker?.Tell("stopped");
                    break;
                default:
                    _asker = Sender;
                    break;
            }
        }
    }

    private sealed class Child : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("told to");
    }

    private sealed class Sleeper(TaskCompletionSource told) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is ReceiveTimeout)
            {
                told.TrySetResult();
                return;
            }
            Context.SetReceiveTimeout(TimeSpan.FromHours(1));
            Sender.Tell("set");
        }
    }
}
