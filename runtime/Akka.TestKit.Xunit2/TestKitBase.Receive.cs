using System.Collections;

namespace Akka.TestKit;

/// <content>Taking messages: one, some, all that fit.</content>
public abstract partial class TestKitBase
{
    /// <summary>The next message, or null if none came in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Wait(Receive(true, max, cancellationToken))?.Message;

    public async ValueTask<object?> ReceiveOneAsync(
        TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Receive(false, max, cancellationToken).ConfigureAwait(false))?.Message;

    public bool TryReceiveOne(
        out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (var success, envelope) = Found(Wait(Receive(true, max, cancellationToken)));
        return success;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(
        TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Found(await Receive(false, max, cancellationToken).ConfigureAwait(false));

    /// <summary>The next message, left where it is, or null if none came in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Wait(Peek(true, max, cancellationToken))?.Message;
    public object? PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);
    public async ValueTask<object?> PeekOneAsync(
        TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Peek(false, max, cancellationToken).ConfigureAwait(false))?.Message;
    public ValueTask<object?> PeekOneAsync(CancellationToken cancellationToken) =>
        PeekOneAsync(null, cancellationToken);

    public bool TryPeekOne(
        out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (var success, envelope) = Found(Wait(Peek(true, max, cancellationToken)));
        return success;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryPeekOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default) =>
        Found(await Peek(false, max, cancellationToken).ConfigureAwait(false));

    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Takes messages until one fits; those before it are dropped.</summary>
    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Wait(Fish(true, isMessage, null, max, hint, cancellationToken));
    public T FishForMessage<T>(
        Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Wait(Fish(true, isMessage, allMessages, max, hint, cancellationToken));
    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);
    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(false, isMessage, null, max, hint, cancellationToken);
    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(false, isMessage, allMessages, max, hint, cancellationToken);

    /// <summary>Takes messages until the time is up, and fails if one of the type comes.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var stop = Now + RemainingOrDilated(max);
        while (await Receive(false, Max(stop - Now, TimeSpan.Zero), cancellationToken).ConfigureAwait(false) is { } got)
        {
            if (got.Message is T) _assertions.Fail($"Expected no message of type {typeof(T)}, but received {got}");
        }
    }

    /// <summary>Takes messages until none comes for the given time (default: what is left of Within, else the
    /// single-expect default); fails beyond <paramref name="maxMessages"/>.</summary>
    public async Task<ArrayList> WaitForRadioSilenceAsync(
        TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var heard = new ArrayList();
        while (await Receive(false, max, cancellationToken).ConfigureAwait(false) is { } received)
        {
            heard.Add(received.Message);
            if (heard.Count > maxMessages) _assertions.Fail($"More than {maxMessages} messages without silence");
        }
        return heard;
    }

    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, CancellationToken cancellationToken = default) =>
        Collect(ReceiveExactly(true, numberOfMessages, RemainingOrDefault, cancellationToken));
    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Collect(ReceiveExactly(true, numberOfMessages, Dilated(max), cancellationToken));
    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveExactly(false, numberOfMessages, RemainingOrDefault, cancellationToken);
    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveExactly(false, numberOfMessages, Dilated(max), cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) where T : class =>
        ReceiveWhile(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) where T : class =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    /// <summary>Takes messages while the filter makes something of them; the first it does not stays.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) where T : class =>
        Collect(TakeWhile(true, filter, max, idle, msgs, cancellationToken));
    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) where T : class =>
        Collect(TakeWhile(true, shouldContinue, shouldIgnoreOtherMessageTypes, max, idle, msgs, cancellationToken));
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) where T : class =>
        ReceiveWhileAsync(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) where T : class =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) where T : class =>
        TakeWhile(false, filter, max, idle, msgs, cancellationToken);
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) where T : class =>
        TakeWhile(false, shouldContinue, shouldIgnoreOtherMessageTypes, max, idle, msgs, cancellationToken);
}
