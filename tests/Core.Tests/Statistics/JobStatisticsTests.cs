using AkkaComfy.Core.Statistics;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Statistics;

public sealed class JobStatisticsTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly InstanceId Instance = new("a:8188");

    private readonly JobStatistics _jobs = new();

    [Fact]
    public void Nothing_measured_is_nothing_said()
    {
        var figures = _jobs.Read();

        Assert.Equal((0, 0), (figures.Submitted, figures.All.Processed));
        Assert.Null(figures.All.ErrorRate);
        Assert.Null(figures.Duration);
        Assert.Empty(figures.ByInstance);
    }

    [Fact]
    public void A_cancelled_job_is_processed_and_says_nothing_of_errors()
    {
        _jobs.Count(Step(JobStep.Completed, JobPhase.Processing));
        _jobs.Count(Step(JobStep.Failed, JobPhase.Processing));
        _jobs.Count(Step(JobStep.Cancelled, JobPhase.Processing));

        var all = _jobs.Read().All;

        Assert.Equal((3, 0.5), (all.Processed, all.ErrorRate));
    }

    [Fact]
    public void A_lost_attempt_is_its_instance_s_and_a_job_that_ends_in_the_queue_is_nobody_s()
    {
        _jobs.Count(Step(JobStep.Requeued, JobPhase.Processing));
        _jobs.Count(Step(JobStep.Failed, JobPhase.Pending));

        var figures = _jobs.Read();

        Assert.Equal((1, 1), (figures.All.Requeued, figures.All.Failed));
        Assert.Equal(new OutcomeFigures(0, 0, 0, 1, null), figures.ByInstance[Instance]);
    }

    [Fact]
    public void Times_are_of_completed_executions_of_waits_and_of_whole_jobs()
    {
        _jobs.Count(Step(JobStep.Dispatched, JobPhase.Pending, seconds: 4));
        for (var seconds = 11; seconds <= 110; seconds++)
        {
            _jobs.Count(Step(JobStep.Completed, JobPhase.Processing, seconds));
        }

        _jobs.Count(Step(JobStep.Failed, JobPhase.Processing, seconds: 5000));

        var figures = _jobs.Read();
        var execution = figures.All.Execution!;
        Assert.Equal(
            (50.5, 50, 95, 99),
            (execution.Mean.TotalSeconds, execution.P50.TotalSeconds, execution.P95.TotalSeconds, execution.P99.TotalSeconds));
        Assert.Equal(execution, figures.ByInstance[Instance].Execution);
        Assert.Equal(3, figures.QueueWait!.P50.TotalSeconds);
        Assert.Equal(110, figures.Duration!.P99.TotalSeconds);
    }

    /// <summary>Queued after 1 s, started after 10 s.</summary>
    private static LiveEvents.JobChanged Step(JobStep step, JobPhase before, int seconds = 20) => new(
        JobId.New(Then), new WorkflowName("w"), 2, step, before,
        step switch
        {
            JobStep.Completed => JobPhase.Completed,
            JobStep.Failed => JobPhase.Failed,
            JobStep.Cancelled => JobPhase.Cancelled,
            JobStep.Dispatched => JobPhase.Processing,
            _ => JobPhase.Pending,
        },
        Then.AddSeconds(seconds))
    {
        CreatedAt = Then,
        QueuedAt = Then.AddSeconds(1),
        StartedAt = Then.AddSeconds(10),
        EndedAt = step is JobStep.Completed or JobStep.Failed or JobStep.Cancelled ? Then.AddSeconds(seconds) : null,
        On = Instance,
        Attempt = 1,
    };
}
