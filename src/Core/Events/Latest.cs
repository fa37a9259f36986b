namespace AkkaComfy.Core.Events;

/// <summary>The latest of what replaces itself, under way to its one reader: however often it is replaced, it is sent once.</summary>
/// <remarks>So what is too fast for its reader takes no room in front of it. Safe for a writer and a reader at once.</remarks>
public sealed class Latest<T>
    where T : class
{
    private T? _untaken;

    /// <returns>Whether this is to be sent now; otherwise it is under way, and the reader finds the new value.</returns>
    public bool Put(T value) => Interlocked.Exchange(ref _untaken, value) is null;

    /// <returns>Null when there is nothing new.</returns>
    public T? Take() => Interlocked.Exchange(ref _untaken, null);
}
