using System.Runtime.CompilerServices;

namespace Akka.Streams.Implementation;

/// <summary>Something that happens once, to any number of streams.</summary>
internal sealed class Trigger
{
    private readonly CancellationTokenSource _pulled = new();
    private readonly Lock _lock = new();

    public bool HasBeenPulled { get; private set; }

    public CancellationToken Pulled => _pulled.Token;

    public Exception? Cause { get; private set; }

    public void Pull(Exception? cause)
    {
        lock (_lock)
        {
            if (HasBeenPulled) return;
            (Cause, HasBeenPulled) = (cause, true);
        }
        // What waits for it continues elsewhere: whoever pulls the trigger may be an actor.
        ThreadPool.UnsafeQueueUserWorkItem(static pulled => pulled.Cancel(), _pulled, preferLocal: false);
    }
}

/// <content>Ending from outside.</content>
internal static partial class Stages
{
    public static async IAsyncEnumerable<T> Until<T>(
        IAsyncEnumerable<T> upstream, Trigger trigger, [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var tap = new Tap<T>(upstream, token);
        while (true)
        {
            var pulled = trigger.HasBeenPulled ? Pulled.Interrupted : await tap.Next(trigger.Pulled);
            if (trigger.HasBeenPulled)
            {
                Rethrow(trigger.Cause);
                yield break;
            }
            if (pulled != Pulled.Element) yield break;
            yield return tap.Current;
        }
    }
}
