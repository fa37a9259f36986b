using Akka.Pattern;

namespace AkkaComfy.Runtime.Tests.Pattern;

public sealed class RetrySupportTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private int _tried;

    private Task<int> FailUntil(int success) => ++_tried < success
        ? Task.FromException<int>(new InvalidOperationException($"{_tried}"))
        : Task.FromResult(_tried);

    [Fact]
    public async Task A_success_is_not_tried_again()
    {
        Assert.Equal(1, await RetrySupport.Retry(() => FailUntil(1), 5, Pause, Sys.Scheduler));

        Assert.Equal(1, _tried);
    }

    [Fact]
    public async Task A_failure_is_tried_again_until_it_succeeds() =>
        Assert.Equal(4, await RetrySupport.Retry(() => FailUntil(4), 5, Pause, Sys.Scheduler));

    [Fact]
    public async Task A_failure_may_be_tried_again_at_once() =>
        Assert.Equal(3, await RetrySupport.Retry(() => FailUntil(3), 5));

    [Fact]
    public async Task A_delay_may_grow() => Assert.Equal(
        4, await RetrySupport.Retry(() => FailUntil(4), 5, Pause, TimeSpan.FromMilliseconds(20), 0, Sys.Scheduler));

    [Fact]
    public async Task When_no_attempt_is_left_the_last_failure_remains()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => RetrySupport.Retry(() => FailUntil(100), 3, Pause, Sys.Scheduler));

        Assert.Equal($"{_tried}", failure.Message);
        Assert.InRange(_tried, 3, 4);
    }
}
