using System.Collections;

namespace Akka.TestKit;

/// <content>What every way of receiving is made of; each step either blocks its thread or awaits.</content>
public abstract partial class TestKitBase
{
    private async ValueTask<MessageEnvelope?> Receive(bool blocking, TimeSpan? max, CancellationToken token)
    {
        _lastWasNoMsg = false;
        var received = await _queue.TakeAsync(blocking, Limit(max), token).ConfigureAwait(false);
        _lastMessage = received ?? NullMessageEnvelope.Instance;
        return received;
    }

    private async ValueTask<MessageEnvelope?> Peek(bool blocking, TimeSpan? max, CancellationToken token)
    {
        var seen = await _queue.PeekAsync(blocking, Limit(max), token).ConfigureAwait(false);
        _lastMessage = seen ?? NullMessageEnvelope.Instance;
        return seen;
    }

    private static (bool, MessageEnvelope) Found(MessageEnvelope? envelope) =>
        (envelope is not null, envelope ?? NullMessageEnvelope.Instance);

    private TimeSpan Limit(TimeSpan? max) => max switch
    {
        null => RemainingOrDefault,
        { } given when given < TimeSpan.Zero && given != Timeout.InfiniteTimeSpan =>
            throw new ArgumentOutOfRangeException(nameof(max), given, "A time to wait is infinite, zero or more"),
        { } given => given,
    };

    private async ValueTask<T> Fish<T>(
        bool blocking, Predicate<T> isMessage, ArrayList? all, TimeSpan? max, string hint, CancellationToken token)
    {
        all?.Clear();
        var limit = RemainingOrDilated(max);
        var stop = Now + limit;
        while (await Receive(blocking, Max(stop - Now, TimeSpan.Zero), token).ConfigureAwait(false) is { } received)
        {
            if (received.Message is T wanted && isMessage(wanted)) return wanted;
            all?.Add(received.Message);
        }

        _assertions.Fail($"Timeout ({limit}) during fishForMessage of type {typeof(T)}, hint: {hint}");
        return default!;
    }

    private async IAsyncEnumerable<object> ReceiveExactly(
        bool blocking, int count, TimeSpan max, [EnumeratorCancellation] CancellationToken token)
    {
        var stop = Now + max;
        for (var taken = 0; taken < count; taken++)
        {
            var left = Max(stop - Now, TimeSpan.Zero);
            var received = await Receive(blocking, left, token).ConfigureAwait(false);
            if (received is null)
            {
                _assertions.Fail($"Timeout ({max}) while expecting {count} messages. Only got {taken} after {max}.");
            }
            yield return received!.Message!;
        }
    }

    private async IAsyncEnumerable<T> TakeWhile<T>(
        bool blocking, Func<object, T?> filter, TimeSpan? max, TimeSpan? idle, int count,
        [EnumeratorCancellation] CancellationToken token) where T : class
    {
        var stop = Now + RemainingOrDilated(max);
        var pause = idle ?? Timeout.InfiniteTimeSpan;
        MessageEnvelope last = NullMessageEnvelope.Instance;
        for (var taken = 0; taken < count; taken++)
        {
            var left = Max(stop - Now, TimeSpan.Zero);
            var wait = pause == Timeout.InfiniteTimeSpan ? left : Min(left, pause);
            var seen = await _queue.PeekAsync(blocking, wait, token).ConfigureAwait(false);
            if (seen is null || filter(seen.Message!) is not { } result) break;
            last = (await Receive(blocking, TimeSpan.Zero, token).ConfigureAwait(false))!;
            yield return result;
        }

        _lastMessage = last;
        _lastWasNoMsg = true;
    }

    private async IAsyncEnumerable<T> TakeWhile<T>(
        bool blocking, Predicate<T> goOn, bool skipOthers, TimeSpan? max, TimeSpan? idle, int count,
        [EnumeratorCancellation] CancellationToken token) where T : class
    {
        var fitting = TakeWhile<object>(blocking, message => message is T wanted
            ? goOn(wanted) ? wanted : null
            : skipOthers ? message : null, max, idle, int.MaxValue, token);
        var taken = 0;
        await foreach (var message in fitting.ConfigureAwait(false))
        {
            if (message is not T wanted) continue;
            yield return wanted;
            if (++taken == count) break;
        }
    }

    private static List<T> Collect<T>(IAsyncEnumerable<T> messages) => Wait(All(messages));

    private static async ValueTask<List<T>> All<T>(IAsyncEnumerable<T> messages)
    {
        var all = new List<T>();
        await foreach (var message in messages.ConfigureAwait(false)) all.Add(message);
        return all;
    }
}
