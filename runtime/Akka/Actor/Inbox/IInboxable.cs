namespace Akka.Actor;

/// <summary>Sends to actors and takes their replies, from outside any actor.</summary>
public interface IInboxable : ICanWatch
{
    /// <summary>The sender of what the inbox sends, and so what replies go to.</summary>
    IActorRef Receiver { get; }

    /// <summary>The next message, within the default timeout (akka.actor.inbox.default-timeout).</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    object Receive();

    /// <inheritdoc cref="Receive()"/>
    object Receive(TimeSpan max);

    /// <summary>The next message, or a <see cref="Status.Failure"/> if none comes in time.</summary>
    Task<object> ReceiveAsync();

    /// <inheritdoc cref="ReceiveAsync()"/>
    Task<object> ReceiveAsync(TimeSpan max);

    /// <summary>The next message that fits; the others stay.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    object ReceiveWhere(Predicate<object> predicate);

    /// <inheritdoc cref="ReceiveWhere(Predicate{object})"/>
    object ReceiveWhere(Predicate<object> predicate, TimeSpan max);

    void Send(IActorRef target, object message);
}
