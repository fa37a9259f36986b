using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class RestartTests : StreamTest
{
    private static readonly RestartSettings Quick =
        RestartSettings.Create(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), 0);

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private int _starts;

    [Fact]
    public async Task A_source_starts_again_when_it_completes()
    {
        await AssertEmits(RestartSource.WithBackoff(() => Starting(Numbers(2)), Quick).Take(5), 1, 2, 1, 2, 1);
        Assert.Equal(3, _starts);
    }

    [Fact]
    public Task A_source_starts_again_when_it_fails() =>
        AssertEmits(RestartSource.WithBackoff(() => Starting(NumbersThenBoom(1)), Quick).Take(3), 1, 1, 1);

    [Fact]
    public async Task A_source_that_restarts_on_failure_completes_with_completion()
    {
        await AssertEmits(RestartSource.OnFailuresWithBackoff(
            () => Starting(_starts == 0 ? NumbersThenBoom(1) : Numbers(2)), Quick), 1, 1, 2);
        Assert.Equal(2, _starts);
    }

    [Fact]
    public async Task A_source_fails_when_it_has_restarted_too_often()
    {
        await AssertFails(RestartSource.WithBackoff(
            () => Starting(Source.Failed<int>(Boom)), Quick.WithMaxRestarts(3, Long)));
        Assert.Equal(4, _starts);
    }

    [Fact]
    public async Task A_source_completes_when_it_has_completed_too_often()
    {
        await AssertEmits(RestartSource.WithBackoff(
            () => Starting(Source.Single(1)), Quick.WithMaxRestarts(2, Long)), 1, 1, 1);
        Assert.Equal(3, _starts);
    }

    [Fact]
    public async Task No_restart_at_all_may_be_allowed()
    {
        await AssertFails(RestartSource.WithBackoff(
            () => Starting(Source.Failed<int>(Boom)), Quick.WithMaxRestarts(0, Long)));
        Assert.Equal(1, _starts);
    }

    [Fact]
    public async Task A_run_longer_than_the_window_clears_the_count()
    {
        var window = TimeSpan.FromMilliseconds(1);
        await AssertEmits(
            RestartSource.WithBackoff(
                () => Starting(Source.Single(1).InitialDelay(TimeSpan.FromMilliseconds(50))),
                Quick.WithMaxRestarts(1, window)).Take(4),
            1, 1, 1, 1);
    }

    [Fact]
    public async Task Leaving_during_the_backoff_ends_the_stream()
    {
        var failing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (killSwitch, done) = RestartSource
            .WithBackoff(
                () =>
                {
                    failing.TrySetResult();
                    return Source.Failed<int>(Boom);
                },
                RestartSettings.Create(Long, Long, 0))
            .ViaMaterialized(KillSwitches.Single<int>(), Keep.Right)
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both)
            .Run(Materializer);
        await failing.Task.WaitAsync(Patience);
        killSwitch.Shutdown();
        await done.WaitAsync(Patience);
    }

    [Fact]
    public async Task Leaving_cancels_the_source_that_runs()
    {
        var ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        await AssertEmits(
            RestartSource.WithBackoff(
                () => Source.Repeat(1).WatchTermination((_, end) =>
                {
                    ended.TrySetResult(end);
                    return NotUsed.Instance;
                }),
                Quick).Take(1),
            1);
        await (await ended.Task.WaitAsync(Patience)).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_flow_that_fails_loses_what_it_had_taken_and_goes_on_with_the_rest()
    {
        var emitted = await Emitted(Numbers(5).Via(RestartFlow.WithBackoff(
            () => Starting(Flow.Create<int>().Select(n => n == 3 ? throw Boom : n)), Quick)));
        Assert.Equal([1, 2, 4, 5], emitted);
        Assert.Equal(2, _starts);
    }

    [Fact]
    public async Task A_flow_fails_when_it_has_restarted_too_often()
    {
        await AssertFails(Numbers(9).Via(RestartFlow.WithBackoff(
            () => Starting(Flow.Create<int>().Select(Throw)),
            Quick.WithMaxRestarts(2, Long))));
        Assert.Equal(3, _starts);
    }

    [Fact]
    public async Task A_sink_that_cancels_starts_again()
    {
        var seen = new List<int>();
        var first = new TaskCompletionSource<int[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        Numbers(60).RunWith(
            RestartSink.WithBackoff(
                () => Flow.Create<int>().Take(1).To(Sink.ForEach<int>(n =>
                {
                    seen.Add(n);
                    if (seen.Count == 3) first.SetResult([.. seen]);
                })),
                Quick),
            Materializer);
        var three = await first.Task.WaitAsync(Patience);
        Assert.Equal(three.Order(), three);
    }

    private T Starting<T>(T part)
    {
        _starts++;
        return part;
    }
}
