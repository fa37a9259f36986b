using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Jobs.AJob;
using Happened = AkkaComfy.Messages.Jobs;

namespace AkkaComfy.Core.Tests.Jobs;

/// <summary>Whatever is commanded and reported, in whatever order, a job's life is sound.</summary>
public sealed class JobLifeProperties
{
    private const int Steps = 1000;

    [Fact]
    public void A_job_ends_at_most_once() => Properties.HoldForScripts(Steps, script =>
        Assert.InRange(Live(script).Events.Count(IsTerminal), 0, 1));

    [Fact]
    public void Replaying_the_events_gives_the_live_job() => Properties.HoldForScripts(Steps, script =>
    {
        var (live, events) = Live(script);
        var replayed = events.Aggregate(Pending(), (job, happened) => job.Apply(happened));
        AssertSame(live, replayed);
    });

    [Fact]
    public void Attempts_are_bounded() => Properties.HoldForScripts(Steps, script =>
    {
        var (job, _) = Live(script);
        Assert.InRange(job.ChargedAttempts, 0, Policy.MaxAttempts);
        Assert.InRange(job.Attempts.Length, 0, Policy.MaxAttempts + Policy.MaxFree + 1);
        Assert.Equal(Enumerable.Range(1, job.Attempts.Length), job.Attempts.Select(attempt => attempt.Number));
    });

    [Fact]
    public void A_job_whose_attempts_all_get_lost_always_ends() => Properties.HoldForScripts(Steps, script =>
    {
        var job = Live(script).Job;
        var left = Policy.MaxAttempts + Policy.MaxFree + 1;
        for (var i = 0; !job.HasEnded; i++)
        {
            Assert.True(i <= left, $"still not ended after {i} lost attempts");
            if (job.Phase == JobPhase.Pending)
            {
                job = job.On(A);
            }

            job = job.Apply(job.Lose(Fault(i % 2 == 0 ? Blame.Interrupted : Blame.Worker)));
        }
    });

    [Fact]
    public void A_job_that_waits_again_is_not_being_cancelled() => Properties.HoldForScripts(Steps, script =>
    {
        var (job, _) = Live(script);
        Assert.False(job is { Phase: JobPhase.Pending, CancelRequested: true });
    });

    [Fact]
    public void A_job_ran_on_at_most_one_more_instance_after_one_died_under_it() =>
        Properties.HoldForScripts(Steps, script =>
        {
            var (job, _) = Live(script);
            var died = job.Attempts.Where(attempt => attempt.Fault is { WorkerDied: true, Blame: Blame.Worker });
            Assert.InRange(died.Select(attempt => attempt.On).Distinct().Count(), 0, 2);
        });

    /// <summary>Does what the supervisor does with each command and report, stale reports included.</summary>
    private static (Job Job, List<Happened.IEvent> Events) Live(int[] script)
    {
        var job = Pending();
        var events = new List<Happened.IEvent>();
        foreach (var step in script)
        {
            if (Next(job, step) is not { } happened)
            {
                continue;
            }

            events.Add(happened);
            job = job.Apply(happened);
        }

        return (job, events);
    }

    private static Happened.IEvent? Next(Job job, int step)
    {
        var detail = step / 10;
        return (step % 10) switch
        {
            0 or 1 when job.Phase == JobPhase.Pending =>
                JobDecisions.Dispatch(job, new[] { A, B, C }[detail % 3], new PromptId($"p{step}"), Then),
            2 when detail % 4 == 0 => JobDecisions.Cancel(job, Then),
            3 when job.HasEnded && job.ExpiredAt is null => new Happened.Expired(Id, Then),
            3 when detail % 3 == 0 => JobDecisions.Delete(job, Then),
            2 when detail % 4 == 1 => JobDecisions.QueueTimeout(job, TimeSpan.FromSeconds(detail), Then.AddSeconds(9)),
            4 => WhenCurrent(job, new Executions.Started(Id, AttemptOf(job, detail))),
            5 => WhenCurrent(job, new Executions.Succeeded(Id, AttemptOf(job, detail), Outputs)),
            6 => WhenCurrent(job, new Executions.Aborted(Id, AttemptOf(job, detail))),
            >= 7 => WhenCurrent(job, new Executions.Faulted(Id, AttemptOf(job, detail), AFault(detail))),
            _ => null,
        };
    }

    /// <summary>Now and then the report is of an earlier attempt, or of one that never was.</summary>
    private static int AttemptOf(Job job, int detail) => job.Attempts.Length - (detail % 5 == 0 ? 1 : 0);

    private static JobError AFault(int detail)
    {
        var blames = Enum.GetValues<Blame>();
        return Fault(blames[detail % blames.Length], died: detail % 2 == 0, charges: detail % 3 != 0);
    }

    private static Happened.IEvent? WhenCurrent(Job job, Executions.IReport report) =>
        !JobDecisions.IsCurrent(job, report) ? null : report switch
        {
            Executions.Started => JobDecisions.Start(job, Then),
            Executions.Succeeded e => new Happened.Completed(Id, e.Attempt, e.Outputs, Then),
            Executions.Faulted e => JobDecisions.Lost(job, e.Error, Policy, Then),
            _ => JobDecisions.Aborted(job, Policy, Then),
        };

    private static bool IsTerminal(Happened.IEvent happened) =>
        happened is Happened.Completed or Happened.Failed or Happened.Cancelled;

    // Immutable arrays compare by reference, so records that hold them are compared without.
    private static void AssertSame(Job expected, Job actual)
    {
        Assert.Equal(expected.Attempts.AsEnumerable(), actual.Attempts.AsEnumerable());
        Assert.Equal(expected.Outputs.AsEnumerable(), actual.Outputs.AsEnumerable());
        Assert.Equal(
            expected with { Attempts = [], Outputs = [] },
            actual with { Attempts = [], Outputs = [] });
    }
}
