using AkkaComfy.Core.Events;
using static AkkaComfy.Core.Tests.Events.Happening;

namespace AkkaComfy.Core.Tests.Events;

public sealed class ChangeRingTests
{
    [Fact]
    public void What_came_after_a_number_is_exactly_what_it_gives_or_it_says_that_it_cannot() =>
        Properties.HoldForScripts(20, script =>
        {
            var (ring, capacity, added) = (new ChangeRing(7), 7, 0);
            foreach (var step in script)
            {
                var numbered = ring.Add(Changed(0, ++added));
                Assert.Equal((added, added), (numbered.Number, ring.Last));
                var after = ring.After(added - step);

                Assert.Equal(step <= Math.Min(capacity, added), after is not null);
                if (after is { } missed)
                {
                    Assert.Equal(
                        Enumerable.Range(added - step + 1, step).Select(n => new Occurrence(Changed(0, n), n)), missed);
                }
            }
        });

    [Fact]
    public void A_number_that_was_never_given_is_not_known() => Assert.Null(new ChangeRing(7).After(1));

    [Fact]
    public void What_was_heard_before_a_gap_leads_nowhere_and_the_gap_itself_leads_on()
    {
        var ring = new ChangeRing(7);
        ring.Add(Changed(0, 1));

        var gap = ring.Forget();
        var next = ring.Add(Changed(0, 3));

        Assert.Equal((2, 3), (gap, next.Number));
        Assert.Null(ring.After(0));
        Assert.Null(ring.After(1));
        Assert.Equal(next, Assert.Single(ring.After(gap)!.Value));
    }

    [Fact]
    public void Before_the_first_change_nothing_was_missed() => Assert.Empty(new ChangeRing(7).After(0)!.Value);
}
