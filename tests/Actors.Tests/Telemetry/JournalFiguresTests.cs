using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Telemetry;

/// <summary>What the journal tells of itself.</summary>
public sealed class JournalFiguresTests : VirtualTime
{
    [Fact]
    public async Task Each_commit_is_published_and_what_waits_is_told_when_asked()
    {
        var store = new ScriptedStore { Fault = new StoreUnavailableException(StoreFault.Full, "full") };
        var isFull = false;
        store.Fails = _ => isFull;
        var batches = CreateTestProbe();
        Sys.EventStream.Subscribe(batches.Ref, typeof(Journaling.BatchRecorded));
        var (_, journal, _) = await Nursery.RaiseAsync(this, JobJournal.Props(store), "journal");
        var supervisor = CreateTestProbe();

        var job = Job.From(new Jobs.Submitted(
            JobId.New(Scheduler.Now), new WorkflowName("w"), Inputs.Empty, 0, Scheduler.Now));
        var submitted = new Jobs.Submitted(job.Id, job.Workflow, job.Inputs, 0, job.CreatedAt);
        journal.Tell(new Journaling.Append(new JobCommit(job, [submitted]), ActorRefs.Nobody), supervisor.Ref);
        await supervisor.ExpectMsgAsync<Journaling.Committed>(Patience);

        Assert.Equal(1, (await batches.ExpectMsgAsync<Journaling.BatchRecorded>(Patience)).Steps);
        Assert.Equal(new Journaling.Depth(0, IsDown: false), await journal.Ask<Journaling.Depth>(Journaling.GetDepth.Instance, Patience));

        isFull = true;
        var cancelled = new Jobs.Cancelled(job.Id, Scheduler.Now);
        journal.Tell(new Journaling.Append(new JobCommit(job.Apply(cancelled), [cancelled]), ActorRefs.Nobody), supervisor.Ref);
        await AwaitAssertAsync(async () => Assert.Equal(
            new Journaling.Depth(1, IsDown: true),
            await journal.Ask<Journaling.Depth>(Journaling.GetDepth.Instance, Patience)), Patience);
        Assert.False(batches.HasMessages);
    }
}
