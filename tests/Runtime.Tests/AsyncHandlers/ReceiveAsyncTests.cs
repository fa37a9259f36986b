using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.AsyncHandlers;

public sealed class ReceiveAsyncTests : RuntimeTest
{
    [Fact]
    public async Task Messages_wait_while_an_asynchronous_handler_runs()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Slow(log.Ref)));
        var first = new TaskCompletionSource();
        a.Tell(new Slow.Await(first.Task));
        a.Tell("second");
        await log.Expect("begun");
        first.SetResult();
        await log.Expect("ended", "second");
    }

    [Fact]
    public async Task Sender_and_self_are_there_after_an_await()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Slow(log.Ref)));
        var gate = new TaskCompletionSource();
        var answer = a.Ask<IActorRef>(new Slow.WhoAmI(gate.Task), Patience);
        gate.SetResult();
        Assert.Equal(a, await answer);
    }

    [Fact]
    public async Task A_handler_that_fails_after_an_await_fails_the_actor()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        var gate = new TaskCompletionSource();
        a.Do(self => self.RunAsync(async () =>
        {
            await gate.Task;
            throw new InvalidOperationException("late");
        }));
        a.Tell("next");
        gate.SetResult();
        await log.Expect("a constructor", "a PreStart", "a PreRestart late", "a PostStop", "a constructor",
            "a PostRestart late", "a PreStart", "next");
    }

    [Fact]
    public async Task A_handler_that_fails_before_its_first_await_fails_the_actor()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        a.Do(self => self.RunAsync(() => throw new InvalidOperationException("early")));
        a.Tell("next");
        await log.Expect("a constructor", "a PreStart", "a PreRestart early", "a PostStop", "a constructor",
            "a PostRestart early", "a PreStart", "next");
    }

    [Fact]
    public async Task A_cancelled_handler_fails_the_actor_with_TaskCanceledException()
    {
        var seen = new TaskCompletionSource<Exception>();
        var parent = NewPuppet(NewProbe(), "p", strategy: new OneForOneStrategy(cause =>
        {
            seen.TrySetResult(cause);
            return Directive.Stop;
        }));
        var child = await parent.Child(NewProbe(), "c");
        using var cancelled = new CancellationTokenSource();
        var never = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled.Token);
        child.Do(self => self.RunAsync(() => never));
        await cancelled.CancelAsync();
        Assert.IsAssignableFrom<OperationCanceledException>(await seen.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_actor_stops_while_its_handler_waits()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        await log.Watch(a);
        var never = new TaskCompletionSource();
        a.Do(self =>
        {
            self.Report("waits");
            self.RunAsync(() => never.Task);
        });
        await log.Expect("a waits");
        Sys.Stop(a);
        await log.Expect("a PostStop");
        await log.ExpectTerminated(a);
        never.SetResult();
    }

    [Fact]
    public async Task A_restart_during_an_await_keeps_one_handler_at_a_time()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = NewPuppet(NewProbe(), "p", strategy: new AllForOneStrategy(_ => Directive.Restart));
        var a = await parent.Child(log, "a");
        var sibling = await parent.Child(other, "s");
        await log.Expect("a constructor", "a PreStart");
        var gate = new TaskCompletionSource();
        a.Do(self =>
        {
            self.Report("waits");
            self.RunAsync(() => gate.Task);
        });
        a.Tell("next");
        await log.Expect("a waits");
        sibling.Fail("x");
        await log.Expect("a PreRestart x", "a PostStop", "a constructor", "a PostRestart x", "a PreStart");
        log.IsEmpty();
        gate.SetResult();
        await log.Expect("next");
    }

    [Fact]
    public async Task A_handler_that_ends_at_once_does_not_disturb_the_order()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Slow(log.Ref)));
        for (var i = 0; i < 100; i++)
        {
            a.Tell(new Slow.Await(Task.CompletedTask));
            a.Tell("sync");
        }
        for (var i = 0; i < 100; i++)
            await log.Expect("begun", "ended", "sync");
    }

    [Fact]
    public async Task Many_awaits_keep_the_order_of_messages()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Yielding(log.Ref)));
        for (var i = 0; i < 500; i++)
            a.Tell(i);
        for (var i = 0; i < 500; i++)
            await log.Expect(i);
    }

    [Fact]
    public async Task PreStart_may_be_asynchronous()
    {
        var log = NewProbe();
        var gate = new TaskCompletionSource();
        var a = Sys.ActorOf(Props.Create(() => new SlowStart(log.Ref, gate.Task)));
        a.Tell("hello");
        await log.Expect("starting");
        gate.SetResult();
        await log.Expect("started", "hello");
    }

    [Fact]
    public async Task RunTask_outside_an_actor_is_refused()
    {
        // On a thread of its own, on which no test kit has ever been: one may leave its context behind.
        var outside = await Task.Factory.StartNew(
            () => Record.Exception(() => Akka.Dispatch.ActorTaskScheduler.RunTask(() => Task.CompletedTask)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.IsType<InvalidOperationException>(outside);
    }

    private sealed class Slow : ReceiveActor
    {
        public Slow(IActorRef log)
        {
            ReceiveAsync<Await>(async wait =>
            {
                log.Tell("begun");
                await wait.For;
                log.Tell("ended");
            });
            ReceiveAsync<WhoAmI>(async question =>
            {
                var asker = Sender;
                await question.After;
                Assert.Equal(asker, Sender);
                Sender.Tell(Context.Self);
            });
            ReceiveAnyAsync(async any =>
            {
                await Task.Yield();
                log.Tell(any);
            });
        }

        public sealed record Await(Task For);

        public sealed record WhoAmI(Task After);
    }

    private sealed class Yielding : ReceiveActor
    {
        private bool _busy;

        public Yielding(IActorRef log) => ReceiveAsync<int>(async n =>
        {
            Assert.False(_busy);
            _busy = true;
            await Task.Yield();
            await Task.Yield();
            _busy = false;
            log.Tell(n);
        });
    }

    private sealed class SlowStart(IActorRef log, Task gate) : UntypedActor
    {
        protected override void PreStart() => RunTask(async () =>
        {
            log.Tell("starting");
            await gate;
            log.Tell("started");
        });

        protected override void OnReceive(object message) => log.Tell(message);
    }
}
