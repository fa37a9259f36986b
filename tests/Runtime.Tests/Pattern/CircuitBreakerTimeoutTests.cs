using Akka.Pattern;

namespace AkkaComfy.Runtime.Tests.Pattern;

/// <summary>The call timeout runs on the real clock in the official runtime: no TestScheduler here.</summary>
public sealed class CircuitBreakerTimeoutTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public async Task A_call_that_takes_too_long_fails_and_counts()
    {
        var breaker = new CircuitBreaker(
            Sys.Scheduler, 1, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5));
        var never = new TaskCompletionSource<int>();

        await Assert.ThrowsAsync<TimeoutException>(() => breaker.WithCircuitBreaker(() => never.Task));

        Assert.True(breaker.IsOpen);
    }
}
