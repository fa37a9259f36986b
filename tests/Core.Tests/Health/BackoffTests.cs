using AkkaComfy.Core.Health;
using FsCheck.Fluent;

namespace AkkaComfy.Core.Tests.Health;

public sealed class BackoffTests
{
    private static readonly Backoff Backoff =
        new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), Jitter: 0.5);

    [Theory]
    [InlineData(0, 500)]
    [InlineData(1, 500)]
    [InlineData(2, 1000)]
    [InlineData(3, 2000)]
    [InlineData(6, 16_000)]
    [InlineData(7, 30_000)]
    [InlineData(int.MaxValue, 30_000)]
    public void A_delay_doubles_with_each_failure_up_to_the_longest(int failures, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Delay(failures, chance: 0));

    [Fact]
    public void Chance_takes_off_at_most_the_share_it_may() =>
        Properties.Hold(
            from failures in Gen.Choose(0, 100)
            from permille in Gen.Choose(0, 999)
            select (failures, chance: permille / 1000.0),
            given =>
            {
                var whole = Backoff.Delay(given.failures, chance: 0);
                Assert.InRange(Backoff.Delay(given.failures, given.chance), whole / 2, whole);
            });
}
