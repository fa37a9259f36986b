using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Connection;

/// <summary>What befalls a connection in each of its states.</summary>
public sealed class ConnectionFaultTests : VirtualTime
{
    public static TheoryData<ConnectionState> States => [.. Enum.GetValues<ConnectionState>()];

    [Theory]
    [MemberData(nameof(States))]
    public async Task Restarted_it_connects_again_and_still_tells_its_lessee(ConnectionState state)
    {
        var connection = await AConnection.InAsync(this, state);
        await connection.AttachAsync();
        connection.Told();

        await connection.RestartAsync();
        connection.Comfy.GateOf(Call.Connect).Open();
        await connection.AdvanceAsync(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(50));

        Assert.Equal(ConnectionState.Online, connection.LastState());
        Assert.Contains(new Connections.Restored(AConnection.ClientId), connection.Told());
        connection.Socket.Say(new ComfyMessage.Status(0, null));
        await connection.SettleAsync();
        Assert.IsType<Connections.Heard>(Assert.Single(connection.Told()));
        Assert.All(connection.Comfy.Sockets.SkipLast(1), socket => Assert.True(socket.IsDisposed));
        await connection.StopAsync();
        connection.NothingIsLeft();
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Stopped_it_tells_its_lessee_and_leaves_nothing_open(ConnectionState state)
    {
        var connection = await AConnection.InAsync(this, state);
        await connection.AttachAsync();
        connection.Told();

        await connection.StopAsync();
        await SettleAsync(connection.Lessee.Ref);

        Assert.Equal([Connections.Lost.Instance], connection.Told());
        Assert.All(connection.Comfy.Sockets, socket => Assert.True(socket.IsClosed));
        connection.NothingIsLeft();
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Killed_it_leaves_nothing_open(ConnectionState state)
    {
        var connection = await AConnection.InAsync(this, state);

        await EndAsync(connection.Actor, () => connection.Actor.Tell(Kill.Instance));

        connection.NothingIsLeft();
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_lessee_that_died_disturbs_nothing_and_the_next_is_served(ConnectionState state)
    {
        var connection = await AConnection.InAsync(this, state);
        var dead = CreateTestProbe();
        await connection.TellAsync(new Connections.Attach(dead.Ref));
        Sys.Stop(dead.Ref);
        await connection.TellAsync(Connections.Posting.Instance);
        await connection.TellAsync(Connections.Detach.Instance);
        await connection.TellAsync(Connections.Detach.Instance);

        connection.Comfy.GateOf(Call.Connect).Open();
        await connection.AdvanceAsync(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(50));
        await connection.AttachAsync();

        Assert.Equal([new Connections.Restored(AConnection.ClientId)], connection.Told());
        await connection.StopAsync();
        connection.NothingIsLeft();
    }

    [Theory]
    [InlineData(ConnectionState.Connecting, false)]
    [InlineData(ConnectionState.Online, true)]
    [InlineData(ConnectionState.BackingOff, false)]
    public async Task Attaching_twice_tells_twice_how_things_stand(ConnectionState state, bool online)
    {
        var connection = await AConnection.InAsync(this, state);

        await connection.AttachAsync();
        await connection.AttachAsync();

        object answer = online ? new Connections.Restored(AConnection.ClientId) : Connections.Lost.Instance;
        Assert.Equal([answer, answer], connection.Told());
    }

    [Fact]
    public async Task A_socket_that_opened_while_its_connection_stopped_is_disposed()
    {
        var comfy = new ScriptedComfy();
        comfy.GateOf(Call.Connect).IsShut = true;
        comfy.GateOf(Call.Connect).IgnoresCancellation = true;
        var connection = await AConnection.StartAsync(this, comfy);

        await connection.StopAsync();
        comfy.GateOf(Call.Connect).Open();

        Assert.Single(comfy.Sockets);
        connection.NothingIsLeft();
    }

    [Fact]
    public async Task A_socket_that_waits_in_the_mailbox_of_a_connection_that_stops_is_disposed()
    {
        var connection = await AConnection.InAsync(this, ConnectionState.BackingOff);
        // The stop is told before the socket is, and overtakes it in any case.
        connection.Comfy.Meanwhile = _ => Sys.Stop(connection.Actor);

        await EndAsync(connection.Actor, () => Scheduler.Advance(TimeSpan.FromMilliseconds(250)));

        Assert.Single(connection.Comfy.Sockets);
        connection.NothingIsLeft();
    }

    [Fact]
    public async Task A_socket_that_opens_after_a_restart_is_disposed_and_the_new_one_serves()
    {
        var comfy = new ScriptedComfy();
        comfy.GateOf(Call.Connect).IsShut = true;
        comfy.GateOf(Call.Connect).IgnoresCancellation = true;
        var connection = await AConnection.StartAsync(this, comfy);

        await connection.RestartAsync();
        comfy.GateOf(Call.Connect).Open();
        await connection.SettleAsync();

        Assert.Equal(2, comfy.Sockets.Count);
        Assert.Single(comfy.Sockets, socket => !socket.IsDisposed);
        Assert.Equal(ConnectionState.Online, connection.LastState());
        await connection.StopAsync();
        connection.NothingIsLeft();
    }

    [Fact]
    public async Task A_connect_that_hangs_keeps_nobody_waiting_and_ends_with_its_connection()
    {
        var connection = await AConnection.InAsync(this, ConnectionState.Connecting);

        await connection.AdvanceAsync(TimeSpan.FromHours(1));
        await connection.AttachAsync();

        Assert.Equal([Connections.Lost.Instance], connection.Told());
        Assert.Equal(1, connection.Comfy.Calls(Call.Connect));
        await connection.StopAsync();
        connection.NothingIsLeft();
    }
}
