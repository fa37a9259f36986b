using System.Collections.Immutable;
using Akka.Actor;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Instance;

/// <summary>The books of an instance's connections: which there are, who leases them, who waits for one.</summary>
internal sealed class ConnectionPool(int max)
{
    private readonly List<Entry> _entries = [];
    private readonly LinkedList<IActorRef> _waiting = [];

    public bool CanGrow => _entries.Count < max;

    public ImmutableArray<ConnectionState> States => [.. _entries.Select(entry => entry.State)];

    public void Add(IActorRef connection, string clientId) =>
        _entries.Add(new Entry(connection) { ClientId = clientId });

    public void Remove(IActorRef connection) => _entries.RemoveAll(entry => entry.Connection.Equals(connection));

    /// <returns>Whether it is back after a loss.</returns>
    public bool Changed(IActorRef connection, ConnectionState state, string clientId)
    {
        if (_entries.Find(entry => entry.Connection.Equals(connection)) is not { } found)
        {
            return false;
        }

        found.State = state;
        found.ClientId = clientId;
        var isBack = found.WasLost && state == ConnectionState.Online;
        found.WasLost = state switch
        {
            ConnectionState.BackingOff => true,
            ConnectionState.Online => false,
            _ => found.WasLost,
        };
        return isBack;
    }

    /// <summary>One that asks again has what it has.</summary>
    /// <returns>Null when all are leased: the execution then waits in line.</returns>
    public Connections.Leased? Lease(IActorRef execution)
    {
        var free = LeasedTo(execution)
            ?? _entries.Where(entry => entry.LeasedTo is null).MaxBy(entry => entry.State == ConnectionState.Online);
        if (free is null)
        {
            if (!_waiting.Contains(execution))
            {
                _waiting.AddLast(execution);
            }

            return null;
        }

        free.LeasedTo = execution;
        return new Connections.Leased(free.Connection, free.ClientId);
    }

    /// <summary>Ends whatever the execution held or waited for.</summary>
    /// <returns>The next in line, to be given a lease.</returns>
    public IActorRef? Return(IActorRef execution)
    {
        _waiting.Remove(execution);
        if (LeasedTo(execution) is not { } entry)
        {
            return null;
        }

        entry.LeasedTo = null;
        entry.Connection.Tell(Connections.Detach.Instance);
        if (_waiting.First is not { } next)
        {
            return null;
        }

        _waiting.RemoveFirst();
        return next.Value;
    }

    private Entry? LeasedTo(IActorRef execution) => _entries.Find(entry => execution.Equals(entry.LeasedTo));

    private sealed class Entry(IActorRef connection)
    {
        public IActorRef Connection { get; } = connection;

        public required string ClientId { get; set; }

        public ConnectionState State { get; set; } = ConnectionState.Connecting;

        public bool WasLost { get; set; }

        public IActorRef? LeasedTo { get; set; }
    }
}
