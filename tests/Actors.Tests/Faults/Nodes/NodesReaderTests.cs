using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Connection;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;

namespace AkkaComfy.Actors.Tests.Faults.Nodes;

/// <summary>When an instance's nodes are read, and what is made of readings that fail, hang or come late.</summary>
public sealed class NodesReaderTests : VirtualTime
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly ScriptedComfy _comfy = new() { Nodes = Samples.Nodes("2x.pth") };
    private IActorRef _nursery = ActorRefs.Nobody;
    private IActorRef _reader = ActorRefs.Nobody;
    private TestProbe _parent = null!;

    private int Readings => _comfy.Calls(Call.ObjectInfo);

    [Fact]
    public async Task Nothing_is_read_before_the_instance_answers_but_in_the_end_it_is()
    {
        await StartAsync();

        await AdvanceAsync(Interval - Pause);
        Assert.Equal(0, Readings);
        await AdvanceAsync(Pause);

        Assert.Equal(1, Readings);
        Assert.Equal([Samples.WithModel, Samples.WithTag], Told()!.Lacks.Select(lack => lack.Workflow));
    }

    [Fact]
    public async Task Readings_asked_for_in_a_row_are_one_now_and_one_after_a_pause()
    {
        await StartAsync();

        for (var i = 0; i < 5; i++)
        {
            await RefreshAsync();
        }

        Assert.Equal(1, Readings);
        await AdvanceAsync(Pause);
        Assert.Equal(2, Readings);
        await AdvanceAsync(2 * Pause);
        Assert.Equal(2, Readings);
    }

    [Fact]
    public async Task Who_asks_during_a_reading_gets_another_after_it()
    {
        await StartAsync();
        _comfy.GateOf(Call.ObjectInfo).IsShut = true;
        await RefreshAsync();

        await RefreshAsync();
        Assert.Equal(1, Readings);
        _comfy.GateOf(Call.ObjectInfo).Open();
        _comfy.Nodes = Samples.Nodes("4x.pth");
        await AdvanceAsync(Pause);

        Assert.Equal(2, Readings);
        Assert.Equal([Samples.WithTag], Told()!.Lacks.Select(lack => lack.Workflow));
    }

    [Fact]
    public async Task Well_it_reads_again_and_again_at_the_interval()
    {
        await StartAsync();
        await RefreshAsync();

        await AdvanceAsync(3 * Interval);

        Assert.Equal(4, Readings);
    }

    [Fact]
    public async Task What_was_read_holds_for_two_failures_and_is_forgotten_at_the_third()
    {
        await StartAsync();
        await RefreshAsync();
        var readAt = Assert.NotNull(Told()!.ReadAt);
        _comfy.Outage = ScriptedComfy.Refused();

        await AdvanceAsync(Pause);
        await RefreshAsync();
        await AdvanceAsync(1.5 * Pause);
        Assert.Equal(3, Readings);
        Assert.Null(Told());
        await AdvanceAsync(2 * Pause);
        Assert.Equal(4, Readings);
        var forgotten = Told()!;
        _comfy.Outage = null;
        await AdvanceAsync(4 * Pause);

        Assert.Null(forgotten.ReadAt);
        Assert.Equal([Samples.WithTag], forgotten.Lacks.Select(lack => lack.Workflow));
        Assert.True(Told()!.ReadAt > readAt);
    }

    [Fact]
    public async Task A_server_that_names_no_class_at_all_has_said_nothing()
    {
        _comfy.Nodes = new ComfyUI.ObjectInfo(new Dictionary<string, ComfyUI.NodeClass>());
        await StartAsync();

        await RefreshAsync();

        Assert.Equal(1, Readings);
        Assert.Null(Told());
    }

    [Fact]
    public async Task A_reading_that_is_never_answered_is_given_up_for_the_next_and_its_late_answer_is_nothing()
    {
        await StartAsync();
        var gate = _comfy.GateOf(Call.ObjectInfo);
        (gate.IsShut, gate.IgnoresCancellation) = (true, true);
        await RefreshAsync();

        gate.IsShut = false;
        await AdvanceAsync(Interval);
        Assert.Equal(2, Readings);
        Assert.NotNull(Told());
        gate.Open();
        await SettleAsync();

        Assert.Null(Told());
        Assert.Equal(0, _comfy.HeldCalls);
    }

    [Fact]
    public async Task A_restart_reads_at_once_and_the_answer_to_the_one_before_is_nothing()
    {
        await StartAsync();
        var gate = _comfy.GateOf(Call.ObjectInfo);
        (gate.IsShut, gate.IgnoresCancellation) = (true, true);
        await RefreshAsync();
        gate.IsShut = false;

        await Nursery.RestartAsync(_nursery);
        await SettleAsync();
        Assert.Equal(2, Readings);
        Assert.NotNull(Told());
        gate.Open();
        await SettleAsync();

        Assert.Null(Told());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_leaves_nothing_behind_whenever_it_stops(bool during)
    {
        await StartAsync();
        _comfy.GateOf(Call.ObjectInfo).IsShut = during;
        await RefreshAsync();

        await EndAsync(_reader, () => _reader.Tell(PoisonPill.Instance));

        Assert.Equal(0, _comfy.HeldCalls);
        NothingIsScheduled();
    }

    private async Task StartAsync()
    {
        (_nursery, _reader, _parent) = await Nursery.RaiseAsync(
            this, NodesReader.Props(AConnection.ServicesOf(_comfy, () => 0)), "nodes");
        await SettleAsync();
    }

    private async Task RefreshAsync()
    {
        _reader.Tell(Capabilities.Refresh.Instance);
        await SettleAsync();
    }

    private Task SettleAsync() => SettleAsync(_reader, _nursery, _parent.Ref);

    private Task AdvanceAsync(TimeSpan by) => AdvanceAsync(by, Pause / 4, _reader, _nursery, _parent.Ref);

    /// <summary>What the instance was told last since it was last asked for.</summary>
    private Capabilities.Known? Told()
    {
        Capabilities.Known? last = null;
        while (_parent.HasMessages)
        {
            last = _parent.ReceiveOne(TimeSpan.Zero) as Capabilities.Known ?? last;
        }

        return last;
    }
}
