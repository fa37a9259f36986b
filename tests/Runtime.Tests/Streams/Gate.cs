using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

/// <summary>A place in a stream where elements wait until the test lets them pass.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when an element waits at the gate.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Open() => _open.TrySetResult();

    public async Task<T> Pass<T>(T element)
    {
        _reached.TrySetResult();
        await _open.Task;
        return element;
    }
}
