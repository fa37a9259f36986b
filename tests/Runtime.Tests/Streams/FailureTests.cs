using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;
using Akka.Util;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class FailureTests : StreamTest
{
    private static readonly Attributes Resuming =
        ActorAttributes.CreateSupervisionStrategy(Deciders.ResumingDecider);

    [Fact]
    public Task A_failing_mapper_fails_the_stream() => AssertFails(Numbers(3).Select(ThrowAt2));

    [Fact]
    public Task A_failing_predicate_fails_the_stream() => AssertFails(Numbers(3).Where(n => ThrowAt2(n) > 0));

    [Fact]
    public Task A_failing_sequence_fails_the_stream() => AssertFails(Source.From(Numbered()));

    [Fact]
    public Task A_failing_source_passes_through_every_operator() => AssertFails(
        NumbersThenBoom(3).Grouped(2).SelectMany(group => group).Buffer(4, OverflowStrategy.Backpressure).Async());

    [Fact]
    public async Task A_failure_downstream_cancels_upstream()
    {
        var (ended, failed) = Source.Repeat(1)
            .WatchTermination(Keep.Right)
            .Select(Throw)
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both)
            .Run(Materializer);
        await Assert.ThrowsAsync<InvalidDataException>(() => failed.WaitAsync(Patience));
        await Task.WhenAny(ended).WaitAsync(Patience);
    }

    [Fact]
    public Task Recover_replaces_a_failure_by_a_last_element() =>
        AssertEmits(NumbersThenBoom(2).Recover(_ => new Option<int>(-1)), 1, 2, -1);

    [Fact]
    public Task Recover_lets_pass_what_it_has_no_element_for() =>
        AssertFails(NumbersThenBoom(2).Recover(_ => Option<int>.None));

    [Fact]
    public Task RecoverWithRetries_goes_on_with_another_stream() => AssertEmits(
        NumbersThenBoom(1).RecoverWithRetries(_ => NumbersThenBoom(2).RecoverWithRetries(_ => Source.Single(9), 1), 1),
        1, 1, 2, 9);

    [Fact]
    public Task RecoverWithRetries_gives_up_after_its_attempts() =>
        AssertFails(NumbersThenBoom(1).RecoverWithRetries(_ => Source.Failed<int>(Boom), 3));

    [Fact]
    public async Task SelectError_changes_the_failure()
    {
        var other = new TimeoutException("other");
        var thrown = await Assert.ThrowsAsync<TimeoutException>(
            () => Emitted(NumbersThenBoom(1).SelectError(_ => other)));
        Assert.Same(other, thrown);
    }

    [Fact]
    public Task A_resuming_stage_drops_the_element_that_failed() =>
        AssertEmits(Numbers(3).Select(ThrowAt2).WithAttributes(Resuming), 1, 3);

    [Fact]
    public Task A_resuming_where_drops_the_element_that_failed() =>
        AssertEmits(Numbers(3).Where(n => ThrowAt2(n) > 0).WithAttributes(Resuming), 1, 3);

    [Fact]
    public Task Supervision_holds_upstream_of_the_attribute_only() =>
        AssertFails(Numbers(3).WithAttributes(Resuming).Select(ThrowAt2));

    [Fact]
    public Task A_resuming_scan_keeps_its_state() => AssertEmits(
        Numbers(3).Scan(0, (sum, n) => sum + ThrowAt2(n)).WithAttributes(Resuming), 0, 1, 4);

    [Fact]
    public async Task The_materializers_decider_holds_where_no_attribute_does()
    {
        var lenient = Sys.Materializer(ActorMaterializerSettings.Create(Sys)
            .WithSupervisionStrategy(Deciders.ResumingDecider));
        Assert.Equal([1, 3], await Numbers(3).Select(ThrowAt2).RunWith(Sink.Seq<int>(), lenient).WaitAsync(Patience));
    }

    [Fact]
    public async Task WatchTermination_tells_of_completion()
    {
        var (ended, _) = Numbers(2).WatchTermination(Keep.Right)
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(Materializer);
        await ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task WatchTermination_tells_of_failure()
    {
        var ended = NumbersThenBoom(2).WatchTermination(Keep.Right).To(Sink.Ignore<int>()).Run(Materializer);
        Assert.Same(Boom, await Assert.ThrowsAsync<InvalidDataException>(() => ended.WaitAsync(Patience)));
    }

    [Fact]
    public async Task WatchTermination_completes_when_downstream_cancels()
    {
        var ended = Source.Repeat(1).WatchTermination(Keep.Right).To(Sink.Cancelled<int>()).Run(Materializer);
        await ended.WaitAsync(Patience);
    }

    private static int ThrowAt2(int n) => n == 2 ? throw Boom : n;

    private static IEnumerable<int> Numbered()
    {
        yield return 1;
        throw Boom;
    }
}
