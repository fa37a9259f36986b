using System.Diagnostics.Metrics;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Telemetry;

/// <summary>What is counted and timed of the life of a job, told as its events tell it.</summary>
public sealed class JobMeterTests : IDisposable
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly InstanceId First = new("a:1");
    private static readonly InstanceId Second = new("b:1");

    private readonly Measured _measured = new();
    private readonly JobMeter _meter;

    public JobMeterTests() => _meter = new JobMeter(_measured.Create(new MeterOptions("test")), Samples.Catalog);

    public void Dispose() => _measured.Dispose();

    [Fact]
    public void A_job_that_completes_is_counted_and_timed_once()
    {
        Live(Submitted(), job => Dispatched(job, First, 2), job => Started(job, 3), job => Completed(job, 8));

        Assert.Equal(
            [
                $"akkacomfy.job.submitted{{workflow={Samples.Name}}} 1",
                $"akkacomfy.job.queue_wait{{workflow={Samples.Name}}} 2",
                $"akkacomfy.job.ended{{workflow={Samples.Name},comfyui_instance=a:1,outcome=completed,blame=none}} 1",
                $"akkacomfy.job.duration{{workflow={Samples.Name},outcome=completed}} 8",
                $"akkacomfy.job.execution{{workflow={Samples.Name},comfyui_instance=a:1,outcome=completed}} 5",
            ],
            _measured.Take());
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_no_negative_times()
    {
        Live(Submitted(), job => Dispatched(job, First, -1), job => Started(job, -2), job => Completed(job, -9));

        var measured = _measured.Take();
        Assert.Equal(3, measured.Count(line => line.EndsWith(" 0", StringComparison.Ordinal)));
        Assert.DoesNotContain(measured, line => line.Contains(" -", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_execution_of_what_may_have_run_is_counted_with_the_blame_for_the_first()
    {
        Live(
            Submitted(), job => Dispatched(job, First, 1), job => Started(job, 2), job => Lost(job, Blame.Network, 5),
            job => Dispatched(job, Second, 6), job => Started(job, 7));

        var measured = _measured.Take();
        Assert.Contains(
            $"akkacomfy.job.requeued{{workflow={Samples.Name},comfyui_instance=a:1,blame=network}} 1", measured);
        Assert.Contains(
            $"akkacomfy.job.execution{{workflow={Samples.Name},comfyui_instance=a:1,outcome=requeued}} 3", measured);
        Assert.Contains($"akkacomfy.job.executed_again{{workflow={Samples.Name},blame=network}} 1", measured);
    }

    [Fact]
    public void An_execution_after_one_that_never_reached_its_worker_is_no_second_one()
    {
        Live(
            Submitted(), job => Dispatched(job, First, 1), job => Lost(job, Blame.Network, 2, charged: false),
            job => Dispatched(job, Second, 3), job => Started(job, 4));

        Assert.DoesNotContain(
            _measured.Take(), line => line.StartsWith("akkacomfy.job.executed_again", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_that_fails_while_it_waits_again_ends_on_no_instance()
    {
        Live(
            Submitted(), job => Dispatched(job, First, 1), job => Started(job, 2), job => Lost(job, Blame.Worker, 3),
            job => new Jobs.Failed(job.Id, new JobError("queue_timeout", Blame.Timeout, "Too long."), At(9)));

        var last = _measured.Take().SkipWhile(line => !line.StartsWith("akkacomfy.job.ended", StringComparison.Ordinal));
        Assert.Equal(
            [
                $"akkacomfy.job.ended{{workflow={Samples.Name},comfyui_instance=none,outcome=failed,blame=timeout}} 1",
                $"akkacomfy.job.duration{{workflow={Samples.Name},outcome=failed}} 9",
            ],
            last);
    }

    [Theory]
    [InlineData("prompt", "prompt")]
    [InlineData("a-folder-that-is-gone", "other")]
    public void Names_that_are_not_of_folders_make_no_labels_of_their_own(string workflow, string label)
    {
        Live(new Jobs.Submitted(JobId.New(Then), new WorkflowName(workflow), Inputs.Empty, 0, Then));

        Assert.Equal([$"akkacomfy.job.submitted{{workflow={label}}} 1"], _measured.Take());
    }

    private void Live(Jobs.Submitted submitted, params Func<Job, Jobs.IEvent>[] steps)
    {
        var job = Job.From(submitted);
        _meter.Count(JobChanges.Of(before: null, submitted, job));
        foreach (var step in steps)
        {
            var happened = step(job);
            var after = job.Apply(happened);
            _meter.Count(JobChanges.Of(job.Phase, happened, after));
            job = after;
        }
    }

    private static DateTimeOffset At(int seconds) => Then.AddSeconds(seconds);

    private static Jobs.Submitted Submitted() => new(JobId.New(Then), Samples.Name, Inputs.Empty, 0, Then);

    private static Jobs.Dispatched Dispatched(Job job, InstanceId on, int seconds) =>
        JobDecisions.Dispatch(job, on, PromptId.New(), At(seconds));

    private static Jobs.Started Started(Job job, int seconds) => new(job.Id, job.Current.Number, At(seconds));

    private static Jobs.Completed Completed(Job job, int seconds) => new(job.Id, job.Current.Number, [], At(seconds));

    private static Jobs.Requeued Lost(Job job, Blame blame, int seconds, bool charged = true) => new(
        job.Id, job.Current.Number, new JobError("lost", blame, "It was lost.") { ChargesAttempt = charged }, At(seconds));
}
