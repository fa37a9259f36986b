using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class SelectAsyncTests : StreamTest
{
    [Fact]
    public async Task Results_come_in_the_order_of_the_elements_whatever_ends_first()
    {
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var emitted = Emitted(Numbers(4).SelectAsync(4, n =>
        {
            if (n == 1) return first.Task;
            if (n == 4) first.SetResult(1);
            return Task.FromResult(n);
        }));
        Assert.Equal([1, 2, 3, 4], await emitted);
    }

    [Fact]
    public async Task No_more_run_at_a_time_than_allowed()
    {
        var sync = new Lock();
        var (running, most) = (0, 0);
        await Emitted(Numbers(100).SelectAsync(4, async n =>
        {
            var now = Interlocked.Increment(ref running);
            lock (sync) most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return n;
        }));
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public Task A_failed_task_fails_the_stream() =>
        AssertFails(Numbers(3).SelectAsync(1, n => n == 2 ? Task.FromException<int>(Boom) : Task.FromResult(n)));

    [Fact]
    public Task A_mapper_that_throws_fails_the_stream() =>
        AssertFails(Numbers(3).SelectAsync(1, n => Task.FromResult(Throw(n))));

    [Fact]
    public Task A_failure_does_not_wait_for_what_is_still_under_way()
    {
        var never = new TaskCompletionSource<int>();
        return AssertFails(Numbers(2).SelectAsync(2, n => n == 1 ? never.Task : Task.FromException<int>(Boom)));
    }

    [Fact]
    public Task A_failure_of_the_upstream_does_not_wait_either()
    {
        var never = new TaskCompletionSource<int>();
        return AssertFails(NumbersThenBoom(1).SelectAsync(2, _ => never.Task));
    }

    [Fact]
    public async Task What_was_emitted_before_a_failure_is_a_run_from_the_start()
    {
        var seen = new List<int>();
        var run = Numbers(100)
            .SelectAsync(8, async n =>
            {
                await Task.Yield();
                return n == 60 ? throw Boom : n;
            })
            .RunForeach(seen.Add, Materializer);
        await AssertBoom(() => run.WaitAsync(Patience));
        Assert.Equal(Enumerable.Range(1, seen.Count), seen);
        Assert.InRange(seen.Count, 0, 59);
    }

    [Fact]
    public Task A_resuming_stage_drops_what_failed_and_keeps_the_order() => AssertEmits(
        Numbers(5)
            .SelectAsync(3, async n =>
            {
                await Task.Yield();
                return n % 2 == 0 ? throw Boom : n;
            })
            .WithAttributes(ActorAttributes.CreateSupervisionStrategy(Deciders.ResumingDecider)),
        1, 3, 5);

    [Fact]
    public async Task Unordered_results_come_as_they_end()
    {
        var last = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var emitted = await Emitted(Numbers(3)
            .SelectAsyncUnordered(2, n => n == 1 ? last.Task : Task.FromResult(n))
            .Select(n =>
            {
                if (n == 3) last.SetResult(1);
                return n;
            }));
        Assert.Equal([2, 3, 1], emitted);
    }

    [Fact]
    public Task A_failed_task_fails_the_unordered_stream_too()
    {
        var never = new TaskCompletionSource<int>();
        return AssertFails(
            Numbers(2).SelectAsyncUnordered(2, n => n == 1 ? never.Task : Task.FromException<int>(Boom)));
    }

    [Fact]
    public async Task A_resuming_unordered_stage_drops_what_failed()
    {
        var emitted = await Emitted(Numbers(6)
            .SelectAsyncUnordered(2, n => n % 2 == 0 ? Task.FromException<int>(Boom) : Task.FromResult(n))
            .WithAttributes(ActorAttributes.CreateSupervisionStrategy(Deciders.ResumingDecider)));
        Assert.Equal([1, 3, 5], emitted.Order());
    }

    [Fact]
    public async Task A_pending_task_does_not_keep_a_cancelled_stream_alive()
    {
        var gate = new Gate();
        var (ended, killSwitch) = Numbers(9).WatchTermination(Keep.Right)
            .SelectAsync(2, gate.Pass)
            .ViaMaterialized(KillSwitches.Single<int>(), Keep.Both)
            .To(Sink.Ignore<int>())
            .Run(Materializer);
        await gate.Reached;
        killSwitch.Shutdown();
        await ended.WaitAsync(Patience);
    }
}
