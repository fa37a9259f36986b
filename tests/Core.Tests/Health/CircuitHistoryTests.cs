using AkkaComfy.Core.Health;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Health;

public sealed class CircuitHistoryTests
{
    [Fact]
    public void The_last_transitions_are_kept_oldest_first_and_no_more_of_them_than_the_limit()
    {
        var happened = Enumerable.Range(1, CircuitHistory.Limit + 3).Select(Transition).ToList();

        var history = happened.Aggregate(CircuitHistory.Empty, (known, next) => known.With(next));

        Assert.Equal(happened[3..], history.Transitions.AsEnumerable());
    }

    private static Instances.CircuitChanged Transition(int number) => new(
        new InstanceId("gpu:1"), CircuitPhase.Closed, CircuitPhase.Open, $"failure {number}",
        DateTimeOffset.UnixEpoch.AddSeconds(number), TimeSpan.FromSeconds(1));
}
