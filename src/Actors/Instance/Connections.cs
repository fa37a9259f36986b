using Akka.Actor;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Instance;

/// <summary>The conversation about WebSockets: an execution leases one for as long as it runs.</summary>
public static class Connections
{
    /// <summary>Asks the instance for a connection; answered by <see cref="Leased"/> once one is free.</summary>
    public sealed record Lease
    {
        public static Lease Instance { get; } = new();
    }

    /// <param name="ClientId">What the prompt must name for its messages to arrive on this connection.</param>
    public sealed record Leased(IActorRef Connection, string ClientId);

    /// <summary>Tells the instance that no lease is wanted any more, held or waited for.</summary>
    public sealed record Return
    {
        public static Return Instance { get; } = new();
    }

    /// <summary>Tells a connection whom its messages concern from now on; answered by its state.</summary>
    public sealed record Attach(IActorRef Listener);

    /// <summary>Tells a connection that nobody listens any more.</summary>
    public sealed record Detach
    {
        public static Detach Instance { get; } = new();
    }

    /// <summary>A prompt is about to be posted under this connection's client id.</summary>
    public sealed record Posting
    {
        public static Posting Instance { get; } = new();
    }

    /// <summary>The prompt was accepted: a message is due, unless one came already.</summary>
    public sealed record Posted
    {
        public static Posted Instance { get; } = new();
    }

    /// <summary>One message of ComfyUI, told to the listener.</summary>
    public sealed record Heard(ComfyMessage Message);

    /// <summary>The socket is gone, told to the listener: messages may be missed until <see cref="Restored"/>.</summary>
    public sealed record Lost
    {
        public static Lost Instance { get; } = new();
    }

    /// <param name="ClientId">Another than before if the old socket was deaf: what was posted under that stays unheard.</param>
    public sealed record Restored(string ClientId);

    /// <summary>Told to the instance while messages arrive, now and then.</summary>
    public sealed record Alive
    {
        public static Alive Instance { get; } = new();
    }

    /// <summary>Told to the instance whenever a connection changes state.</summary>
    public sealed record Changed(ConnectionState State, string ClientId);
}
