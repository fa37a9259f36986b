namespace Akka.Actor;

/// <summary>Sends a message and hands out its answer as a task.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var answer = Expect<T>(self, timeout, cancellationToken);
        self.Tell(message, answer);
        return answer.Task;
    }

    /// <param name="self">Who is asked.</param>
    /// <param name="messageFactory">Makes the question, given the reference to answer to.</param>
    /// <param name="timeout">
    /// <c>akka.actor.ask-timeout</c> when null, for which an infinite wait is the default.
    /// </param>
    /// <param name="cancellationToken">Cancels the task; a late answer becomes a dead letter.</param>
    /// <exception cref="AskTimeoutException">No answer within the timeout.</exception>
    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var answer = Expect<T>(self, timeout, cancellationToken);
        self.Tell(messageFactory(answer), answer);
        return answer.Task;
    }

    private static FutureActorRef<T> Expect<T>(ICanTell asked, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = Provider(asked)
            ?? throw new ArgumentException("Unsupported recipient type, could not get provider", nameof(asked));
        var answer = new FutureActorRef<T>(provider);
        answer.Limit(timeout ?? provider.Settings.AskTimeout, cancellationToken);
        return answer;
    }

    private static IActorRefProvider? Provider(ICanTell asked) => asked switch
    {
        Nobody => ActorCell.Current?.SystemImpl.Provider,
        IInternalActorRef actor => actor.Provider,
        ActorSelection selection => Provider(selection.Anchor),
        _ => ActorCell.Current?.SystemImpl.Provider,
    };
}
