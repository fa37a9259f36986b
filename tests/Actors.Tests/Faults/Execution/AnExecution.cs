using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Execution;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Protocol = AkkaComfy.Actors.Instance.Health;

namespace AkkaComfy.Actors.Tests.Faults.Execution;

/// <summary>Where an execution can be when something befalls it.</summary>
public enum Step
{
    Checking,
    Preparing,
    Submitting,
    Seeking,
    Waiting,
    Running,
    Ending,
    Collecting,
    Reported,
}

/// <summary>One execution under test, with the probes that stand for its instance, its health and its connection.</summary>
internal sealed class AnExecution
{
    private const string ClientId = "client-1";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly VirtualTime _test;
    private readonly IActorRef _nursery;
    private readonly TestProbe _parent;
    private readonly TestProbe _health;
    private readonly TestProbe _connection;
    private readonly List<object> _told = [];
    private readonly List<object> _toldHealth = [];
    private readonly int _pins;
    private bool _checks = true;
    private bool _leases = true;
    private Executions.Abort? _abort;

    private AnExecution(
        VirtualTime test, ScriptedComfy comfy, MemoryBlobs blobs, Executions.Run run, TestProbe health,
        (IActorRef Nursery, IActorRef Child, TestProbe Parent) raised)
    {
        (_test, Comfy, Blobs, Run, _health) = (test, comfy, blobs, run, health);
        (_nursery, Actor, _parent) = raised;
        _connection = test.CreateTestProbe();
        _pins = blobs.Pins;
    }

    public IActorRef Actor { get; }

    public ScriptedComfy Comfy { get; }

    public MemoryBlobs Blobs { get; }

    public Executions.Run Run { get; }

    public string PromptId => Run.PromptId.Value;

    /// <summary>The reports that end the attempt; there must be one.</summary>
    public IReadOnlyList<Executions.IReport> Ends =>
        [.. Told<Executions.IReport>().Where(told => told is not (Executions.Started or Executions.Progressed))];

    public IEnumerable<T> Told<T>() => _told.OfType<T>();

    public IEnumerable<T> ToldHealth<T>() => _toldHealth.OfType<T>();

    public static async Task<AnExecution> StartAsync(
        VirtualTime test, bool adopt = false, IWorkflowCatalog? catalog = null)
    {
        var (comfy, blobs) = (new ScriptedComfy(), new MemoryBlobs());
        var services = new InstanceServices(
            comfy.Endpoint, comfy, blobs, catalog ?? Samples.Catalog,
            new FleetOptions { Endpoints = [comfy.Endpoint], MaxConcurrentJobs = 2 }, NullLoggerFactory.Instance, () => 0);
        var run = new Executions.Run(
            JobId.New(test.Scheduler.Now), Attempt: 1, Messages.PromptId.New(), Samples.Name,
            await Samples.InputsAsync(blobs), adopt);
        var health = test.CreateTestProbe();
        var raised = await Nursery.RaiseAsync(
            test, ExecutionActor.Props(run, Samples.Workflow, services, health.Ref, targetsInterrupts: true), "execution");
        var execution = new AnExecution(test, comfy, blobs, run, health, raised);
        await execution.SettleAsync();
        return execution;
    }

    public static async Task<AnExecution> InAsync(VirtualTime test, Step step)
    {
        var execution = await StartAsync(test);
        await execution.ReachAsync(step);
        return execution;
    }

    /// <summary>Everything is answered from now on, and what is queued is executed: until the attempt has ended.</summary>
    public async Task HealAsync(TimeSpan? atMost = null)
    {
        Comfy.Outage = null;
        Comfy.HonoursInterrupts = true;
        foreach (var call in Enum.GetValues<Call>())
        {
            Comfy.GateOf(call).Open();
        }

        for (var left = atMost ?? TimeSpan.FromMinutes(2); left > TimeSpan.Zero && Ends.Count == 0; left -= Tick)
        {
            await AnswerAsync();
            if (Comfy.Queues(PromptId) && _abort is null)
            {
                Comfy.Run();
                Comfy.Finish();
            }

            await AdvanceAsync(Tick);
        }
    }

    public async Task TellAsync(object message)
    {
        _abort = message as Executions.Abort ?? _abort;
        Actor.Tell(message);
        await SettleAsync();
    }

    public Task AbortAsync() => TellAsync(new Executions.Abort(Run.JobId, Run.Attempt));

    public Task HearAsync(ComfyMessage message) => TellAsync(new Connections.Heard(message));

    public async Task RestartAsync()
    {
        await Nursery.RestartAsync(_nursery);
        await SettleAsync();
        if (_abort is { } abort && Told<ExecutionActor.Restarted>().Any())
        {
            // As the instance does.
            await TellAsync(abort);
        }
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        await _test.AdvanceAsync(by, Tick, Everyone);
        Note();
    }

    public async Task SettleAsync()
    {
        await VirtualTime.SettleAsync(Everyone);
        Note();
    }

    /// <summary>Releases it, and sees it leave nothing behind.</summary>
    public Task ReleaseAsync() =>
        EndAsync(() => Actor.Tell(new Executions.Release(Run.JobId, Run.Attempt)));

    public async Task EndAsync(Action end)
    {
        await _test.EndAsync(Actor, end);
        await VirtualTime.SettleAsync(_parent.Ref, _health.Ref);
        Note();
        await VirtualTime.EventuallyAsync(
            () => (Blobs.Pins, Blobs.OpenWriters, Comfy.OpenDownloads) == (_pins, 0, 0), "files are let go of");
        Assert.Equal(0, Comfy.HeldCalls);
        _test.NothingIsScheduled();
    }

    private IActorRef[] Everyone => [Actor, _nursery, _parent.Ref, _health.Ref, _connection.Ref];

    /// <summary>Leads it to the step, from the first.</summary>
    public async Task ReachAsync(Step step)
    {
        _checks = step > Step.Checking;
        _leases = step > Step.Preparing;
        Comfy.GateOf(Call.Submit).IsShut = step is Step.Submitting or Step.Seeking;
        await AnswerAsync();
        if (step == Step.Seeking)
        {
            Comfy.Fail(Call.Submit, ScriptedComfy.Reset());
            Comfy.GateOf(Call.Submit).Open();
            await SettleAsync();
        }

        if (step >= Step.Waiting)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(3));
        }

        if (step >= Step.Running)
        {
            Comfy.Run();
            await HearAsync(new ComfyMessage.ExecutionStart(PromptId, null));
        }

        if (step == Step.Ending)
        {
            Comfy.HonoursInterrupts = false;
            await AbortAsync();
        }

        if (step >= Step.Collecting)
        {
            Comfy.GateOf(Call.View).IsShut = true;
            Comfy.Finish();
            await HearAsync(new ComfyMessage.Executing(null, null, PromptId));
        }

        if (step == Step.Reported)
        {
            Comfy.GateOf(Call.View).Open();
            await SettleAsync();
        }

        (_checks, _leases) = (true, true);
        await UntilAsync(() => IsIn(step), $"not in {step}");
    }

    /// <summary>Until it has reported this many ends: files are read and written on threads of their own.</summary>
    public Task UntilEndsAsync(int count) => UntilAsync(() => Ends.Count >= count, $"fewer than {count} ends");

    private async Task UntilAsync(Func<bool> isSo, string complaint)
    {
        using var limit = new CancellationTokenSource(VirtualTime.Patience);
        while (!isSo())
        {
            Assert.False(limit.IsCancellationRequested, complaint);
            await SettleAsync();
        }
    }

    /// <summary>What the world can see of each step, so that a test is where it says it is.</summary>
    private bool IsIn(Step step) => step switch
    {
        Step.Checking => _toldHealth is [Protocol.Check] && _told.Count == 0,
        Step.Preparing => Told<Connections.Lease>().Any() && Comfy.Calls(Call.Submit) == 0,
        Step.Submitting => Comfy.GateOf(Call.Submit).Held == 1,
        Step.Seeking => Comfy.Calls(Call.Submit) == 1 && Comfy.Calls(Call.Queue) > 0 && Ends.Count == 0,
        Step.Waiting => Comfy.Queues(PromptId) && !Told<Executions.Started>().Any(),
        Step.Running => Told<Executions.Started>().Count() == 1,
        Step.Ending => Comfy.Calls(Call.Interrupt) > 0 && Ends.Count == 0,
        Step.Collecting => Comfy.GateOf(Call.View).Held == 1,
        _ => Ends.Count == 1,
    };

    /// <summary>Answers as health and instance do: whoever asked is told that all is well.</summary>
    private async Task AnswerAsync()
    {
        if (_checks && ToldHealth<Protocol.Check>().Any())
        {
            _checks = false;
            await TellAsync(new Protocol.Checked(null));
        }

        if (_leases && Told<Connections.Lease>().Any())
        {
            _leases = false;
            await TellAsync(new Connections.Leased(_connection.Ref, ClientId));
            if (_connection.HasMessages)
            {
                await TellAsync(new Connections.Restored(ClientId));
            }
        }
    }

    private void Note()
    {
        while (_parent.HasMessages)
        {
            _told.Add(_parent.ReceiveOne(TimeSpan.Zero)!);
        }

        while (_health.HasMessages)
        {
            _toldHealth.Add(_health.ReceiveOne(TimeSpan.Zero)!);
        }
    }
}
