using Akka.Actor;
using Xunit.Sdk;

namespace AkkaComfy.Runtime.Tests.TestKit;

public sealed class TimeLimitTests() : Akka.TestKit.Xunit2.TestKit("akka.test.timefactor = 2.0")
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public void Times_are_dilated() => Assert.Equal(TimeSpan.FromSeconds(4), Dilated(TimeSpan.FromSeconds(2)));

    [Fact]
    public void Settings_come_from_the_configuration()
    {
        Assert.Equal(2.0, TestKitSettings.TestTimeFactor);
        Assert.Equal(TimeSpan.FromSeconds(3), TestKitSettings.SingleExpectDefault);
        Assert.Equal(TimeSpan.FromSeconds(5), TestKitSettings.DefaultTimeout);
    }

    [Fact]
    public void Within_limits_what_is_expected_inside() => Assert.ThrowsAny<XunitException>(
        () => Within(Soon, () => ExpectMsg<string>()));

    [Fact]
    public void Within_fails_a_block_that_ends_too_early() => Assert.ThrowsAny<XunitException>(
        () => Within(Long, 2 * Long, () => { }));

    [Fact]
    public void Within_returns_what_the_block_returns() => Assert.Equal(7, Within(Long, () => 7));

    [Fact]
    public void The_inner_limit_never_outlasts_the_outer() => Within(Long, () =>
    {
        var outer = RemainingOrDefault;
        Within(2 * Long, () => Assert.True(RemainingOrDefault <= outer));
    });

    [Fact]
    public async Task WithinAsync_limits_what_is_expected_inside() => await Assert.ThrowsAnyAsync<XunitException>(
        () => WithinAsync(Soon, async () => await ExpectMsgAsync<string>()));

    [Fact]
    public void Remaining_has_a_meaning_within_a_limit_only()
    {
        Assert.ThrowsAny<InvalidOperationException>(() => Remaining);
        Within(Long, () => Assert.True(Remaining > TimeSpan.Zero));
    }

    [Fact]
    public void AwaitCondition_waits_until_it_holds()
    {
        var calls = 0;
        AwaitCondition(() => ++calls == 3, Long, TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, calls);
        Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Soon));
        Assert.False(AwaitConditionNoThrow(() => false, Soon));
    }

    [Fact]
    public void AwaitAssert_repeats_until_it_passes_and_fails_with_the_last_failure()
    {
        var calls = 0;
        AwaitAssert(() => Assert.Equal(3, ++calls), Long, TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, calls);
        Assert.Throws<InvalidDataException>(
            () => AwaitAssert(() => throw new InvalidDataException(), Soon, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task AwaitAssertAsync_repeats_until_it_passes()
    {
        var calls = 0;
        await AwaitAssertAsync(
            async () =>
            {
                await Task.Yield();
                Assert.Equal(3, ++calls);
            },
            Long,
            TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, calls);
    }

    [Fact]
    public void What_is_sent_while_waiting_bears_the_test_actor_as_sender()
    {
        var calls = 0;
        AwaitAssert(
            () =>
            {
                TestActor.Tell("ping");
                Assert.Equal(3, ++calls);
            },
            Long,
            TimeSpan.FromMilliseconds(1));
        ExpectMsg("ping");
        Assert.Equal(TestActor, LastSender);
    }
}
