using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Submission;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Tests.Endpoints;

public class SyncDeadlineTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Execution = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_time_in_the_queue_does_not_count_against_the_execution()
    {
        var waiting = Left(Pending(), Seconds(100), Automatic());

        Assert.Equal(TimeSpan.FromSeconds(70), waiting);
    }

    [Fact]
    public void A_running_job_is_waited_for_as_long_as_it_may_run()
    {
        var left = Left(Running(startedAt: Seconds(100)), Seconds(130), Automatic());

        Assert.Equal(TimeSpan.FromSeconds(40), left);
    }

    [Fact]
    public void Nobody_waits_longer_than_a_result_would_be_kept()
    {
        Assert.Equal(TimeSpan.FromSeconds(20), Left(Pending(), Seconds(280), Automatic()));
        Assert.True(Left(Pending(), Seconds(301), Automatic()) < TimeSpan.Zero);
    }

    [Fact]
    public void A_fixed_limit_counts_from_the_call()
    {
        var settings = Automatic() with { SyncTimeout = TimeSpan.FromSeconds(8) };

        var left = Left(Running(startedAt: Seconds(4)), Seconds(5), settings);

        Assert.Equal(TimeSpan.FromSeconds(3), left);
    }

    [Fact]
    public void Who_waits_for_an_older_job_waits_from_its_own_call()
    {
        var settings = Automatic() with { SyncTimeout = TimeSpan.FromSeconds(8) };

        var left = SyncDeadline.Left(Pending(), began: Seconds(1000), settings, Execution, Seconds(1002));

        Assert.Equal(TimeSpan.FromSeconds(6), left);
    }

    private static TimeSpan Left(Job job, DateTimeOffset now, ServiceSettings settings) =>
        SyncDeadline.Left(job, Created, settings, Execution, now);

    private static DateTimeOffset Seconds(int after) => Created.AddSeconds(after);

    private static ServiceSettings Automatic() => ServiceSettings.From(new Dictionary<string, string>());

    private static Job Pending()
    {
        var id = JobId.New(Created);
        return Job.From(new Jobs.Submitted(id, new WorkflowName("w"), Inputs.Empty, 0, Created));
    }

    private static Job Running(DateTimeOffset startedAt)
    {
        var job = Pending();
        return job
            .Apply(new Jobs.Dispatched(job.Id, new InstanceId("gpu:1"), 1, new PromptId("p"), startedAt))
            .Apply(new Jobs.Started(job.Id, 1, startedAt));
    }
}
