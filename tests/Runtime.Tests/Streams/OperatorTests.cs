using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class OperatorTests : StreamTest
{
    [Fact]
    public Task Select_maps_each_element() => AssertEmits(Numbers(3).Select(n => n * 10), 10, 20, 30);

    [Fact]
    public Task Where_keeps_what_fits() => AssertEmits(Numbers(6).Where(n => n % 2 == 0), 2, 4, 6);

    [Fact]
    public Task SelectMany_flattens_in_order() =>
        AssertEmits(Numbers(3).SelectMany(n => Enumerable.Repeat(n, n)), 1, 2, 2, 3, 3, 3);

    [Fact]
    public Task StatefulSelectMany_has_a_state_of_its_own_in_each_run()
    {
        var sums = Numbers(3).StatefulSelectMany(Sums);
        return Task.WhenAll(AssertEmits(sums, 1, 3, 6), AssertEmits(sums, 1, 3, 6));

        static Func<int, IEnumerable<int>> Sums()
        {
            var sum = 0;
            return n => [sum += n];
        }
    }

    [Fact]
    public Task Take_ends_the_stream_and_an_endless_source_with_it() =>
        AssertEmits(Source.Repeat("x").Take(2), "x", "x");

    [Fact]
    public Task Taking_none_completes_without_an_element() => AssertEmits(Source.Never<int>().Take(0));

    [Fact]
    public Task TakeWhile_ends_before_the_first_that_does_not_fit() =>
        AssertEmits(Numbers(9).TakeWhile(n => n < 3), 1, 2);

    [Fact]
    public Task TakeWhile_inclusive_ends_with_the_first_that_does_not_fit() =>
        AssertEmits(Numbers(9).TakeWhile(n => n < 3, inclusive: true), 1, 2, 3);

    [Fact]
    public Task Skip_drops_the_first() => AssertEmits(Numbers(4).Skip(2), 3, 4);

    [Fact]
    public Task SkipWhile_lets_pass_whatever_follows_the_first_that_does_not_fit() =>
        AssertEmits(Source.From([1, 5, 1]).SkipWhile(n => n < 3), 5, 1);

    [Fact]
    public Task Scan_emits_the_zero_and_every_intermediate_result() =>
        AssertEmits(Numbers(3).Scan(0, (sum, n) => sum + n), 0, 1, 3, 6);

    [Fact]
    public Task Aggregate_emits_the_last_result_alone() =>
        AssertEmits(Numbers(4).Aggregate(0, (sum, n) => sum + n), 10);

    [Fact]
    public async Task Grouped_emits_a_last_group_that_is_not_full() =>
        Assert.Equal([[1, 2], [3]], (await Emitted(Numbers(3).Grouped(2))).Select(group => group.ToArray()));

    [Fact]
    public Task Concat_goes_on_when_the_first_has_ended() =>
        AssertEmits(Numbers(2).Concat(Source.Single(9)), 1, 2, 9);

    [Fact]
    public Task Prepend_goes_first() => AssertEmits(Numbers(2).Prepend(Source.Single(9)), 9, 1, 2);

    [Fact]
    public Task ConcatMany_runs_one_stream_after_the_other() =>
        AssertEmits(Numbers(2).ConcatMany(n => Source.From([n, -n])), 1, -1, 2, -2);

    [Fact]
    public async Task Merge_emits_what_either_emits_each_in_its_order()
    {
        var merged = await Emitted(Numbers(50).Merge(Source.From(Enumerable.Range(101, 50))));
        Assert.Equal(Enumerable.Range(1, 50), merged.Where(n => n <= 50));
        Assert.Equal(Enumerable.Range(101, 50), merged.Where(n => n > 100));
    }

    [Fact]
    public Task Merge_ends_when_both_have_ended() => AssertEmits(Source.Empty<int>().Merge(Source.Single(1)), 1);

    [Fact]
    public async Task MergeMany_runs_no_more_streams_at_a_time_than_its_breadth()
    {
        var (running, most) = (0, 0);
        var merged = await Emitted(Numbers(20).MergeMany(3, n => Source.Single(n).SelectAsync(1, async one =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return one;
        })));
        Assert.Equal(Enumerable.Range(1, 20), merged.Order());
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public Task Intersperse_separates() => AssertEmits(Source.From(["a", "b"]).Intersperse(","), "a", ",", "b");

    [Fact]
    public Task A_flow_is_the_same_wherever_it_is_used()
    {
        var doubled = Flow.Create<int>().Select(n => n * 2);
        return AssertEmits(Numbers(2).Via(doubled).Via(doubled), 4, 8);
    }

    [Fact]
    public Task Async_changes_nothing_but_the_thread() =>
        AssertEmits(Numbers(3).Async().Select(n => n + 1).Async(), 2, 3, 4);

    [Fact]
    public Task Unfold_ends_when_there_is_nothing_more() => AssertEmits(
        Source.Unfold(1, n => n > 3 ? Akka.Util.Option<(int, int)>.None : (n + 1, n * n)), 1, 4, 9);

    private static void InterlockedMax(ref int max, int value)
    {
        for (var seen = max; seen < value; seen = max) Interlocked.CompareExchange(ref max, value, seen);
    }
}
