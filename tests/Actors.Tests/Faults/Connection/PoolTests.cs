using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Connection;

/// <summary>The books of the pool: one lessee to a connection, everyone served in turn, nothing lost with the dead.</summary>
public sealed class PoolTests : VirtualTime
{
    private readonly ConnectionPool _pool = new(max: 2);

    private TestProbe Connect(string clientId, ConnectionState state = ConnectionState.Online)
    {
        var connection = CreateTestProbe();
        _pool.Add(connection.Ref, clientId);
        _pool.Changed(connection.Ref, state, clientId);
        return connection;
    }

    private IActorRef Execution() => CreateTestProbe().Ref;

    [Fact]
    public void A_returned_connection_is_told_so_and_leased_again()
    {
        var connection = Connect("a");
        var first = Execution();
        Assert.Equal(new Connections.Leased(connection.Ref, "a"), _pool.Lease(first));

        Assert.Null(_pool.Return(first));

        connection.ExpectMsg<Connections.Detach>();
        Assert.Equal(new Connections.Leased(connection.Ref, "a"), _pool.Lease(Execution()));
    }

    [Fact]
    public void One_that_is_online_goes_before_one_that_is_not()
    {
        Connect("a", ConnectionState.BackingOff);
        Connect("b");

        Assert.Equal("b", _pool.Lease(Execution())!.ClientId);
        Assert.Equal("a", _pool.Lease(Execution())!.ClientId);
    }

    [Fact]
    public void It_grows_to_its_limit_and_then_has_everyone_wait_in_line()
    {
        Assert.True(_pool.CanGrow);
        Connect("a");
        Connect("b");
        Assert.False(_pool.CanGrow);
        var (first, second) = (Execution(), Execution());
        _pool.Lease(first);
        _pool.Lease(second);

        var (third, fourth) = (Execution(), Execution());
        Assert.Null(_pool.Lease(third));
        Assert.Null(_pool.Lease(fourth));

        Assert.Equal(third, _pool.Return(second));
        Assert.Equal("b", _pool.Lease(third)!.ClientId);
        Assert.Equal(fourth, _pool.Return(first));
    }

    [Fact]
    public void Asking_twice_leases_once()
    {
        Connect("a");
        Connect("b");
        var execution = Execution();

        Assert.Equal(_pool.Lease(execution), _pool.Lease(execution));

        Assert.Equal("b", _pool.Lease(Execution())!.ClientId);
    }

    [Fact]
    public void Waiting_twice_is_waiting_once()
    {
        Connect("a");
        var (holder, waiter) = (Execution(), Execution());
        _pool.Lease(holder);
        Assert.Null(_pool.Lease(waiter));
        Assert.Null(_pool.Lease(waiter));

        Assert.Equal(waiter, _pool.Return(holder));
        _pool.Lease(waiter);

        Assert.Null(_pool.Return(waiter));
    }

    [Fact]
    public void A_waiter_that_ends_is_out_of_the_line()
    {
        Connect("a");
        var (holder, gone, next) = (Execution(), Execution(), Execution());
        _pool.Lease(holder);
        _pool.Lease(gone);
        _pool.Lease(next);

        Assert.Null(_pool.Return(gone));

        Assert.Equal(next, _pool.Return(holder));
    }

    [Fact]
    public void Returning_what_was_never_leased_changes_nothing()
    {
        var connection = Connect("a");
        var holder = Execution();
        _pool.Lease(holder);

        Assert.Null(_pool.Return(Execution()));
        Assert.Null(_pool.Return(holder));
        Assert.Null(_pool.Return(holder));

        connection.ExpectMsg<Connections.Detach>();
        Assert.False(connection.HasMessages);
    }

    [Fact]
    public void One_that_died_leaves_its_place_to_another()
    {
        var dead = Connect("a");
        Connect("b");
        var lessee = Execution();
        _pool.Lease(lessee);

        _pool.Remove(dead.Ref);
        _pool.Changed(dead.Ref, ConnectionState.Online, "late");

        Assert.True(_pool.CanGrow);
        Assert.Null(_pool.Return(lessee));
        Assert.Equal(ConnectionState.Online, Assert.Single(_pool.States));
        Assert.Equal("b", _pool.Lease(lessee)!.ClientId);
    }

    [Fact]
    public void One_replaced_under_a_new_client_id_is_leased_under_that()
    {
        var connection = Connect("deaf");

        _pool.Changed(connection.Ref, ConnectionState.Connecting, "new");

        Assert.Equal("new", _pool.Lease(Execution())!.ClientId);
    }
}
