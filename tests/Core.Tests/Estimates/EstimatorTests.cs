using AkkaComfy.Core.Estimates;
using AkkaComfy.Messages;
using FsCheck.Fluent;

namespace AkkaComfy.Core.Tests.Estimates;

public sealed class EstimatorTests
{
    private static readonly WorkflowName Upscale = new("upscale-image");
    private static readonly WorkflowName Rembg = new("remove-background");

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Estimator Measured(params double[] seconds)
    {
        var estimator = new Estimator();
        foreach (var execution in seconds)
        {
            estimator.Completed(Upscale, Seconds(execution), Seconds(execution + 1));
        }

        return estimator;
    }

    [Fact]
    public void Nothing_is_estimated_before_anything_is_measured()
    {
        var estimator = new Estimator();

        Assert.Null(estimator.ForNew(Upscale, 0, [], gpus: 1));
        Assert.Null(estimator.RetryAfter(gpus: 1));
        Assert.Null(estimator.Remaining(new RunningJob(Upscale, Seconds(1), 0)));
        Assert.Null(Measured(4).ForNew(Rembg, 0, [], gpus: 1));
    }

    [Fact]
    public void Nothing_is_estimated_while_no_instance_is_usable()
    {
        Assert.Null(Measured(4).ForNew(Upscale, 0, [], gpus: 0));
        Assert.Null(Measured(4).RetryAfter(gpus: 0));
    }

    [Fact]
    public void On_an_idle_fleet_a_job_takes_what_such_jobs_took() =>
        Assert.Equal(
            new Estimate(Seconds(5), Seconds(1), Seconds(9)),
            Measured(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ForNew(Upscale, 0, [], gpus: 1));

    [Fact]
    public void The_queue_ahead_is_shared_by_the_gpus()
    {
        var estimator = Measured(4);

        Assert.Equal(Seconds(4 + (3 * 4)), estimator.ForNew(Upscale, 3, [], gpus: 1)!.Expected);
        Assert.Equal(Seconds(4 + (3 * 4 / 2.0)), estimator.ForNew(Upscale, 3, [], gpus: 2)!.Expected);
        Assert.Equal(Seconds(4), estimator.ForNew(Upscale, 3, [], gpus: 4)!.Expected);
    }

    [Fact]
    public void Of_a_running_job_only_the_rest_counts()
    {
        var estimator = Measured(10);

        Assert.Equal(Seconds(10 + 4), estimator.ForNew(Upscale, 0, [new(Upscale, Seconds(6), 0)], gpus: 1)!.Expected);
        Assert.Equal(Seconds(10 + 2), estimator.ForNew(Upscale, 0, [new(Upscale, Seconds(1), 80)], gpus: 1)!.Expected);
        Assert.Equal(Seconds(10), estimator.ForNew(Upscale, 0, [new(Upscale, Seconds(60), 0)], gpus: 1)!.Expected);
    }

    [Fact]
    public void Jobs_of_another_workflow_are_estimated_by_its_own_times()
    {
        var estimator = Measured(10);
        estimator.Completed(Rembg, Seconds(2), Seconds(2));

        Assert.Equal(Seconds(10 + 2), estimator.ForNew(Upscale, 0, [new(Rembg, TimeSpan.Zero, 0)], gpus: 1)!.Expected);
    }

    [Fact]
    public void An_estimate_lies_within_its_own_bounds() => Properties.Hold(
        from measured in Gen.Choose(0, 100).NonEmptyListOf()
        from pending in Gen.Choose(0, 50)
        from running in (from elapsed in Gen.Choose(0, 120)
                         from percentage in Gen.Choose(0, 99)
                         select new RunningJob(Upscale, Seconds(elapsed), percentage)).ListOf()
        from gpus in Gen.Choose(1, 4)
        select (measured, pending, running: (IReadOnlyCollection<RunningJob>)[.. running], gpus),
        given =>
        {
            var estimator = Measured([.. given.measured.Select(seconds => (double)seconds)]);
            var estimate = estimator.ForNew(Upscale, given.pending, given.running, given.gpus)!;
            Assert.InRange(estimate.Expected, estimate.Low, estimate.High);
            Assert.InRange(estimate.Low, TimeSpan.Zero, estimate.Expected);
        });

    [Fact]
    public void What_remains_of_a_job_comes_from_those_that_took_longer_than_it_has()
    {
        var estimator = Measured(2, 4, 10);

        Assert.Equal(Seconds(4), estimator.Remaining(new RunningJob(Upscale, TimeSpan.Zero, 0)));
        Assert.Equal(Seconds(1), estimator.Remaining(new RunningJob(Upscale, Seconds(3), 0)));
        Assert.Equal(Seconds(5), estimator.Remaining(new RunningJob(Upscale, Seconds(5), 0)));
        Assert.Null(estimator.Remaining(new RunningJob(Upscale, Seconds(11), 0)));
    }

    [Fact]
    public void What_remains_of_a_job_comes_from_its_own_pace_when_there_is_no_history() =>
        Assert.Equal(Seconds(30), new Estimator().Remaining(new RunningJob(Upscale, Seconds(10), 25)));

    [Fact]
    public void The_further_a_job_is_the_more_its_own_pace_counts()
    {
        var estimator = Measured(100);

        // History says 80, its pace 20.
        Assert.Equal(Seconds(50), estimator.Remaining(new RunningJob(Upscale, Seconds(20), 50)));
        // History says 80, its pace 5.
        Assert.Equal(Seconds(20), estimator.Remaining(new RunningJob(Upscale, Seconds(20), 80)));
    }

    [Fact]
    public void A_full_queue_has_room_after_one_completion()
    {
        Assert.Equal(Seconds(6), Measured(4, 8).RetryAfter(gpus: 1));
        Assert.Equal(Seconds(3), Measured(4, 8).RetryAfter(gpus: 2));
        Assert.Equal(Seconds(1), Measured(0.01).RetryAfter(gpus: 8));
        Assert.Equal(TimeSpan.FromMinutes(5), Measured(3600).RetryAfter(gpus: 1));
    }

    [Fact]
    public void Only_the_last_durations_count()
    {
        var stats = new DurationStats(capacity: 3);
        foreach (var seconds in new[] { 100, 1, 2, 3 })
        {
            stats.Record(Seconds(seconds));
        }

        Assert.Equal(3, stats.Count);
        Assert.Equal(Seconds(3), stats.Percentile(1));
        Assert.Equal(Seconds(2), stats.Mean);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 5)]
    [InlineData(0.51, 6)]
    [InlineData(0.95, 10)]
    [InlineData(1, 10)]
    public void A_percentile_is_the_nearest_rank(double share, double seconds)
    {
        var stats = new DurationStats();
        foreach (var n in new[] { 7, 1, 4, 10, 2, 9, 3, 8, 6, 5 })
        {
            stats.Record(Seconds(n));
        }

        Assert.Equal(Seconds(seconds), stats.Percentile(share));
    }

    [Fact]
    public void A_clock_that_stepped_back_counts_as_no_time()
    {
        var stats = new DurationStats();
        stats.Record(Seconds(-5));

        Assert.Equal(TimeSpan.Zero, stats.Mean);
    }

    [Theory]
    [InlineData(4.2, 8.1, "4-9 seconds")]
    [InlineData(0.1, 0.4, "1 second")]
    [InlineData(5, 5, "5 seconds")]
    [InlineData(0, 1.5, "1-2 seconds")]
    [InlineData(60, 179, "60-179 seconds")]
    [InlineData(60, 180, "1-3 minutes")]
    [InlineData(240, 240, "4 minutes")]
    [InlineData(7200, 10_000, "120-167 minutes")]
    public void An_estimate_is_worded_for_people(double low, double high, string text) =>
        Assert.Equal(text, EstimateText.Of(new Estimate(Seconds(low), Seconds(low), Seconds(high))));

    [Fact]
    public void No_estimate_is_worded_as_unknown() => Assert.Equal("unknown", EstimateText.Of(null));
}
