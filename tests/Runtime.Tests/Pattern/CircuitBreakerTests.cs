using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit;

namespace AkkaComfy.Runtime.Tests.Pattern;

public sealed class CircuitBreakerTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ResetAfter = TimeSpan.FromSeconds(30);

    private static readonly string VirtualTime =
        $"akka.scheduler.implementation = \"{typeof(TestScheduler).AssemblyQualifiedName}\"";

    public CircuitBreakerTests()
        : base(VirtualTime)
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private CircuitBreaker Breaker(int maxFailures = 1) =>
        new(Sys.Scheduler, maxFailures, TimeSpan.FromSeconds(60), ResetAfter);

    private static Task Fail(CircuitBreaker breaker) => Assert.ThrowsAsync<InvalidOperationException>(
        () => breaker.WithCircuitBreaker(() => Task.FromException<int>(new InvalidOperationException("no"))));

    private static Task<int> Succeed(CircuitBreaker breaker) => breaker.WithCircuitBreaker(() => Task.FromResult(1));

    /// <summary>Advances until the circuit, whose timer may be set a moment after it opened, lets a call try.</summary>
    private void LetItTry(CircuitBreaker breaker)
    {
        Scheduler.Advance(ResetAfter);
        AwaitCondition(() => breaker.IsHalfOpen, Soon);
    }

    [Fact]
    public async Task A_closed_circuit_passes_calls_and_their_results()
    {
        var breaker = Breaker();

        Assert.Equal(1, await Succeed(breaker));
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task A_failure_reaches_the_caller_as_it_is()
    {
        var breaker = Breaker(maxFailures: 5);

        await Fail(breaker);

        Assert.True(breaker.IsClosed);
        Assert.Equal(1, breaker.CurrentFailureCount);
    }

    [Fact]
    public async Task A_success_forgives_the_failures_before_it()
    {
        var breaker = Breaker(maxFailures: 2);
        await Fail(breaker);
        await Succeed(breaker);
        await Fail(breaker);

        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task The_circuit_opens_at_the_last_failure_allowed()
    {
        var breaker = Breaker(maxFailures: 3);
        var opened = new TaskCompletionSource();
        breaker.OnOpen(() => opened.TrySetResult());

        await Fail(breaker);
        await Fail(breaker);
        Assert.True(breaker.IsClosed);
        await Fail(breaker);

        Assert.True(breaker.IsOpen);
        await opened.Task.WaitAsync(Soon);
    }

    [Fact]
    public async Task An_open_circuit_fails_calls_without_trying_them()
    {
        var breaker = Breaker();
        await Fail(breaker);
        var tried = false;

        await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() =>
        {
            tried = true;
            return Task.CompletedTask;
        }));

        Assert.False(tried);
    }

    [Fact]
    public async Task A_call_begun_before_the_circuit_opened_does_not_open_it_again()
    {
        var breaker = Breaker();
        var opened = 0;
        breaker.OnOpen(() => Interlocked.Increment(ref opened));
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var one = breaker.WithCircuitBreaker(() => first.Task);
        var two = breaker.WithCircuitBreaker(() => second.Task);

        first.SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => one);
        AwaitCondition(() => Volatile.Read(ref opened) == 1, Soon);
        second.SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => two);

        LetItTry(breaker);
        Assert.Equal(1, Volatile.Read(ref opened));
    }

    [Fact]
    public async Task After_the_reset_timeout_one_call_may_try()
    {
        var breaker = Breaker();
        var halfOpen = new TaskCompletionSource();
        breaker.OnHalfOpen(() => halfOpen.TrySetResult());
        await Fail(breaker);

        LetItTry(breaker);
        await halfOpen.Task.WaitAsync(Soon);
        var trial = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var trying = breaker.WithCircuitBreaker(() => trial.Task);

        await Assert.ThrowsAsync<OpenCircuitException>(() => Succeed(breaker));
        trial.SetResult(7);
        Assert.Equal(7, await trying);
    }

    [Fact]
    public async Task A_successful_trial_closes_the_circuit()
    {
        var breaker = Breaker();
        var closed = new TaskCompletionSource();
        breaker.OnClose(() => closed.TrySetResult());
        await Fail(breaker);
        LetItTry(breaker);

        await Succeed(breaker);

        Assert.True(breaker.IsClosed);
        await closed.Task.WaitAsync(Soon);
        Assert.Equal(1, await Succeed(breaker));
    }

    [Fact]
    public async Task A_failed_trial_opens_the_circuit_again()
    {
        var breaker = Breaker(maxFailures: 3);
        await Fail(breaker);
        await Fail(breaker);
        await Fail(breaker);
        LetItTry(breaker);

        await Fail(breaker);

        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task A_circuit_that_backs_off_stays_open_longer_each_time()
    {
        var breaker = Breaker().WithExponentialBackoff(TimeSpan.FromHours(1));
        await Fail(breaker);
        LetItTry(breaker);
        await Fail(breaker);
        Assert.True(breaker.IsOpen);

        Scheduler.Advance(ResetAfter);
        Assert.True(breaker.IsOpen);

        LetItTry(breaker);
    }

    [Fact]
    public void A_circuit_can_be_told_of_failures_and_successes()
    {
        var breaker = Breaker(maxFailures: 2);

        breaker.Fail();
        breaker.Succeed();
        breaker.Fail();
        Assert.True(breaker.IsClosed);
        breaker.Fail();

        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void A_synchronous_call_passes_and_fails_like_any_other()
    {
        var breaker = new CircuitBreaker(Sys.Scheduler, 1, TimeSpan.FromSeconds(60), ResetAfter);

        Assert.Equal(5, breaker.WithSyncCircuitBreaker(() => 5));
        Assert.ThrowsAny<Exception>(
            () => breaker.WithSyncCircuitBreaker(() => throw new InvalidOperationException("no")));

        Assert.True(breaker.IsOpen);
        Assert.ThrowsAny<Exception>(() => breaker.WithSyncCircuitBreaker(() => 5));
    }
}
