using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Connection;

/// <summary>Sockets that break, and how a connection comes back.</summary>
public sealed class ReconnectTests : VirtualTime
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_that_drops_comes_back_under_the_same_client_id(bool midFrame)
    {
        var connection = await AConnection.InAsync(this, ConnectionState.Online);
        await connection.AttachAsync();
        var old = connection.Socket;

        if (midFrame)
        {
            old.Break();
        }
        else
        {
            old.End();
        }

        await connection.SettleAsync();
        Assert.Equal(ConnectionState.BackingOff, connection.LastState());
        await connection.AdvanceAsync(TimeSpan.FromMilliseconds(250));

        Assert.Equal(
            [new Connections.Restored(AConnection.ClientId), Connections.Lost.Instance,
                new Connections.Restored(AConnection.ClientId)],
            connection.Told());
        Assert.True(old.IsDisposed);
        Assert.Equal(AConnection.ClientId, connection.Socket.ClientId);
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.999999, 0.5)]
    public async Task Its_pauses_double_up_to_fifteen_seconds_and_chance_takes_half_at_most(double chance, double share)
    {
        var comfy = new ScriptedComfy { Outage = ScriptedComfy.Refused() };
        var connection = await AConnection.StartAsync(this, comfy, chance);
        double[] pauses = [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000];
        foreach (var (pause, tries) in pauses.Select((pause, i) => (pause, i + 1)))
        {
            await connection.AdvanceAsync(TimeSpan.FromMilliseconds((pause * share) - 1));
            Assert.Equal(tries, comfy.Calls(Call.Connect));
            await connection.AdvanceAsync(TimeSpan.FromMilliseconds(2));
            Assert.Equal(tries + 1, comfy.Calls(Call.Connect));
        }
    }

    [Fact]
    public async Task Only_a_message_proves_a_socket_one_that_drops_at_once_is_retried_ever_more_slowly()
    {
        var connection = await AConnection.InAsync(this, ConnectionState.Online);
        connection.Socket.Break();
        await connection.AdvanceAsync(TimeSpan.FromMilliseconds(250));
        connection.Socket.Break();
        await connection.AdvanceAsync(TimeSpan.FromMilliseconds(499));
        Assert.Equal(2, connection.Comfy.Sockets.Count);
        await connection.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, connection.Comfy.Sockets.Count);

        connection.Socket.Say(new ComfyMessage.Status(0, null));
        await connection.SettleAsync();
        connection.Socket.Break();
        await connection.AdvanceAsync(TimeSpan.FromMilliseconds(250));

        Assert.Equal(4, connection.Comfy.Sockets.Count);
    }

    [Fact]
    public async Task What_a_replaced_socket_still_says_reaches_nobody()
    {
        var connection = await AConnection.InAsync(this, ConnectionState.Online);
        await connection.AttachAsync();
        var deaf = connection.Socket;
        await connection.TellAsync(Connections.Posting.Instance);
        await connection.TellAsync(Connections.Posted.Instance);
        await connection.AdvanceAsync(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(250));
        connection.Told();

        deaf.Say(new ComfyMessage.Status(7, null));
        deaf.Break();
        await connection.SettleAsync();

        Assert.Empty(connection.Told());
        Assert.Equal(ConnectionState.Online, connection.LastState());
        Assert.Equal(2, connection.Comfy.Sockets.Count);
    }

    [Fact]
    public async Task A_socket_deaf_for_two_seconds_after_a_post_is_replaced_under_a_new_client_id()
    {
        var connection = await AConnection.InAsync(this, ConnectionState.Online);
        await connection.AttachAsync();
        await connection.TellAsync(Connections.Posting.Instance);
        await connection.TellAsync(Connections.Posted.Instance);

        await connection.AdvanceAsync(TimeSpan.FromMilliseconds(1999));
        Assert.Single(connection.Comfy.Sockets);
        await connection.AdvanceAsync(TimeSpan.FromMilliseconds(251), TimeSpan.FromMilliseconds(1));

        Assert.NotEqual(AConnection.ClientId, connection.Socket.ClientId);
        Assert.Equal(new Connections.Restored(connection.Socket.ClientId), connection.Told()[^1]);
    }

    [Theory]
    [InlineData("before it is posted", false)]
    [InlineData("while it is posted", true)]
    [InlineData("after it was posted", true)]
    public async Task A_message_since_the_post_began_proves_that_it_is_not_deaf(string when, bool hears)
    {
        var connection = await AConnection.InAsync(this, ConnectionState.Online);
        foreach (var moment in (string[])["before it is posted", "while it is posted", "after it was posted"])
        {
            if (moment == when)
            {
                connection.Socket.Say(new ComfyMessage.Status(1, null));
                await connection.SettleAsync();
            }

            if (moment != "after it was posted")
            {
                await connection.TellAsync(moment == "before it is posted"
                    ? Connections.Posting.Instance
                    : Connections.Posted.Instance);
            }
        }

        await connection.AdvanceAsync(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(250));

        Assert.Equal(hears ? 1 : 2, connection.Comfy.Sockets.Count);
    }

    [Fact]
    public async Task A_flood_of_messages_tells_the_instance_ten_times_a_second_at_most_that_it_lives()
    {
        var connection = await AConnection.InAsync(this, ConnectionState.Online);
        for (var i = 0; i < 100; i++)
        {
            connection.Socket.Say(new ComfyMessage.Status(i, null));
            await connection.AdvanceAsync(TimeSpan.FromMilliseconds(10));
        }

        var told = 0;
        while (connection.Parent.HasMessages)
        {
            told += connection.Parent.ReceiveOne(TimeSpan.Zero) is Connections.Alive ? 1 : 0;
        }

        Assert.InRange(told, 9, 11);
    }
}
