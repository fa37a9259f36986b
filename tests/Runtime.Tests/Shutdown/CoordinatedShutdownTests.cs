using System.Collections.Concurrent;
using Akka;
using Akka.Actor;
using Akka.Configuration;

namespace AkkaComfy.Runtime.Tests.Shutdown;

public sealed class CoordinatedShutdownTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _ran = new();
    private ActorSystem? _system;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_system is not null)
            await _system.Terminate().WaitAsync(Soon);
    }

    private CoordinatedShutdown Shutdown(string settings = "")
    {
        var config = ConfigurationFactory.ParseString(settings)
            .WithFallback("akka.loglevel = OFF\nakka.stdout-loglevel = OFF");
        _system = ActorSystem.Create("shutdown", config);
        return CoordinatedShutdown.Get(_system);
    }

    private Func<Task<Done>> Note(string what) => () =>
    {
        _ran.Enqueue(what);
        return Task.FromResult(Done.Instance);
    };

    private static Task Run(CoordinatedShutdown shutdown, string? fromPhase = null) =>
        shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, fromPhase).WaitAsync(Soon);

    [Fact]
    public async Task Phases_run_in_order_whatever_the_order_of_their_tasks()
    {
        var shutdown = Shutdown();
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "t", Note("terminate"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("stop"));
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "t", Note("before unbind"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "t", Note("requests done"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "t", Note("unbind"));

        await Run(shutdown);

        Assert.Equal(["before unbind", "unbind", "requests done", "stop", "terminate"], _ran);
    }

    [Fact]
    public async Task Phases_of_ones_own_take_their_place_by_dependency()
    {
        var shutdown = Shutdown("""
            akka.coordinated-shutdown.phases {
              early { depends-on = [] }
              before-service-unbind { depends-on = [early] }
            }
            """);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "t", Note("before unbind"));
        shutdown.AddTask("early", "t", Note("early"));

        await Run(shutdown);

        Assert.Equal(["early", "before unbind"], _ran);
    }

    [Fact]
    public async Task The_tasks_of_one_phase_run_together()
    {
        var shutdown = Shutdown();
        var first = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "first", () => Meet(first, second));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "second", () => Meet(second, first));

        await Run(shutdown);

        Assert.True(first.Task.IsCompletedSuccessfully && second.Task.IsCompletedSuccessfully);

        static Task<Done> Meet(TaskCompletionSource<Done> mine, TaskCompletionSource<Done> other)
        {
            mine.SetResult(Done.Instance);
            return other.Task;
        }
    }

    [Fact]
    public async Task The_next_phase_waits_for_every_task_of_the_one_before()
    {
        var shutdown = Shutdown();
        var slow = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "quick", Note("quick"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "slow", () =>
        {
            begun.SetResult();
            return slow.Task;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("next phase"));

        var run = Run(shutdown);
        await begun.Task.WaitAsync(Soon);
        Assert.DoesNotContain("next phase", _ran);
        slow.SetResult(Done.Instance);
        await run;

        Assert.Contains("next phase", _ran);
    }

    [Fact]
    public async Task The_actor_system_terminates_last()
    {
        var shutdown = Shutdown();
        var alive = false;
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "t", () =>
        {
            alive = !_system!.WhenTerminated.IsCompleted;
            return Task.FromResult(Done.Instance);
        });

        await Run(shutdown);

        Assert.True(alive);
        await _system!.WhenTerminated.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_hanging_task_holds_its_phase_up_no_longer_than_the_timeout()
    {
        var shutdown = Shutdown("akka.coordinated-shutdown.phases.service-unbind.timeout = 200ms");
        var never = new TaskCompletionSource<Done>();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "hangs", () => never.Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("went on"));

        await Run(shutdown);

        Assert.Equal(["went on"], _ran);
    }

    [Fact]
    public async Task A_failing_task_does_not_stop_the_shutdown()
    {
        var shutdown = Shutdown();
        shutdown.AddTask(
            CoordinatedShutdown.PhaseServiceUnbind,
            "fails",
            () => Task.FromException<Done>(new InvalidOperationException("no")));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("went on"));

        await Run(shutdown);

        Assert.Equal(["went on"], _ran);
    }

    [Fact]
    public async Task A_failing_task_ends_the_shutdown_where_recovery_is_off()
    {
        var shutdown = Shutdown("""
            akka.coordinated-shutdown.phases.service-unbind.recover = off
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            """);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseServiceUnbind,
            "fails",
            () => Task.FromException<Done>(new InvalidOperationException("no")));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("went on"));

        await Assert.ThrowsAnyAsync<Exception>(() => Run(shutdown));

        Assert.Empty(_ran);
    }

    [Fact]
    public async Task A_disabled_phase_runs_no_task()
    {
        var shutdown = Shutdown("akka.coordinated-shutdown.phases.service-unbind.enabled = off");
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "t", Note("disabled"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("enabled"));

        await Run(shutdown);

        Assert.Equal(["enabled"], _ran);
    }

    [Fact]
    public async Task Only_the_first_run_runs_and_its_reason_stays()
    {
        var shutdown = Shutdown();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("ran"));
        Assert.Null(shutdown.ShutdownReason);

        var first = shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
        var second = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        await Task.WhenAll(first, second).WaitAsync(Soon);

        Assert.Equal(["ran"], _ran);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_run_may_leave_out_the_first_phases()
    {
        var shutdown = Shutdown();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "t", Note("unbind"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("stop"));

        await Run(shutdown, CoordinatedShutdown.PhaseServiceStop);

        Assert.Equal(["stop"], _ran);
    }

    [Fact]
    public async Task A_task_may_add_a_task_to_a_later_phase()
    {
        var shutdown = Shutdown();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "adds", () =>
        {
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "added", Note("added"));
            return Task.FromResult(Done.Instance);
        });

        await Run(shutdown);

        Assert.Equal(["added"], _ran);
    }

    [Fact]
    public void An_unknown_phase_takes_no_task()
    {
        var shutdown = Shutdown();

        Assert.Throws<ConfigurationException>(() => shutdown.AddTask("no-such-phase", "t", Note("never")));
    }

    [Fact]
    public void Phases_that_depend_on_each_other_in_a_circle_are_refused()
    {
        var settings = """
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            akka.coordinated-shutdown.phases {
              a { depends-on = [b] }
              b { depends-on = [a] }
            }
            """;

        Assert.ThrowsAny<Exception>(() => Shutdown(settings));
    }

    [Fact]
    public async Task Terminating_the_system_runs_the_shutdown()
    {
        var shutdown = Shutdown();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("ran"));

        await _system!.Terminate().WaitAsync(Soon);

        Assert.Equal(["ran"], _ran);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Terminating_the_system_may_be_told_not_to_run_the_shutdown()
    {
        var shutdown = Shutdown("akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("ran"));

        await _system!.Terminate().WaitAsync(Soon);

        Assert.Empty(_ran);
        Assert.Null(shutdown.ShutdownReason);
    }

    [Fact]
    public async Task The_shutdown_may_be_told_to_leave_the_system_running()
    {
        var shutdown = Shutdown("""
            akka.coordinated-shutdown.terminate-actor-system = off
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            """);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("ran"));

        await Run(shutdown);

        Assert.Equal(["ran"], _ran);
        Assert.False(_system!.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void A_phase_has_the_timeout_configured_or_the_default()
    {
        var shutdown = Shutdown("akka.coordinated-shutdown.phases.service-stop.timeout = 42s");

        Assert.Equal(TimeSpan.FromSeconds(42), shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceUnbind));
    }

    [Fact]
    public void A_system_has_one_shutdown()
    {
        var shutdown = Shutdown();

        Assert.Same(shutdown, CoordinatedShutdown.Get(_system!));
    }

    [Fact]
    public async Task An_actor_is_given_time_to_finish_before_the_system_goes()
    {
        var shutdown = Shutdown();
        var worker = _system!.ActorOf(Props.Create(() => new LastWords(_ran)));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "worker", async () =>
        {
            await worker.GracefulStop(TimeSpan.FromSeconds(5), "finish");
            return Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "t", Note("after"));

        await Run(shutdown);

        Assert.Equal(["finished", "stopped", "after"], _ran);
    }

    private sealed class LastWords(ConcurrentQueue<string> log) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            log.Enqueue("finished");
            Context.Stop(Self);
        }

        protected override void PostStop() => log.Enqueue("stopped");
    }
}
