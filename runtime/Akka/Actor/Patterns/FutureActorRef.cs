using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The reference that an Ask is answered to. It takes a name and a place under <c>/temp</c> only when someone looks at
/// its path, and gives both up with the first answer, timeout or cancellation.
/// </summary>
public sealed class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IActorRefProvider _provider;
    private CancellationTokenRegistration _cancellation;
    private WheelEntry? _timeout;
    private ActorPath? _path;

    internal FutureActorRef(IActorRefProvider provider) => _provider = provider;
    public Task<T> Task => _result.Task;
    public override IActorRefProvider Provider => _provider;
    public override IInternalActorRef Parent => _provider.TempContainer;
    public override bool IsTerminated => Task.IsCompleted;
    public override ActorPath Path => _path ?? TakePlace();

    internal void Limit(TimeSpan timeout, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            _result.TrySetCanceled(cancellation);
            return;
        }
        if (timeout >= TimeSpan.Zero && timeout != TimeSpan.MaxValue)
        {
            _timeout = new TimeoutEntry(this, timeout);
            if (!((ActorSystemImpl)_provider.Settings.System).Wheel.TryStart(_timeout, timeout))
                _timeout.Abandon();
        }
        if (cancellation.CanBeCanceled)
            _cancellation = cancellation.UnsafeRegister(
                static (self, token) => ((FutureActorRef<T>)self!).Cancel(token), this);
        if (Task.IsCompleted)
            LeavePlace();
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var accepted = message switch
        {
            T answer => _result.TrySetResult(answer),
            Status.Failure failure => Fail(failure.Cause),
            Failure failure => Fail(failure.Exception),
            _ => _result.TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (accepted)
            LeavePlace();
        else
            _provider.DeadLetters.Tell(new DeadLetter(message, sender ?? _provider.DeadLetters, this), sender);
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification death:
                Tell(new Terminated(death.Actor, death.ExistenceConfirmed, addressTerminated: false), death.Actor);
                break;
            case Watch watch when Task.IsCompleted:
                ((IInternalActorRef)watch.Watcher).SendSystemMessage(new DeathWatchNotification(this, true));
                break;
            case Watch watch:
                Task.ContinueWith(
                    _ => ((IInternalActorRef)watch.Watcher).SendSystemMessage(new DeathWatchNotification(this, true)),
                    TaskScheduler.Default);
                break;
        }
    }

    public override bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (_path is not null && base.Equals(other));

    public override int GetHashCode() => Path.GetHashCode();

    private bool Fail(Exception? cause) =>
        _result.TrySetException(cause ?? new TaskCanceledException("Task cancelled by actor via Failure message."));

    private void Cancel(CancellationToken token)
    {
        if (_result.TrySetCanceled(token))
            LeavePlace();
    }

    private ActorPath TakePlace()
    {
        var path = _provider.TempPath();
        if (Interlocked.CompareExchange(ref _path, path, null) is { } taken)
            return taken;
        _provider.RegisterTempActor(this, path);
        if (Task.IsCompleted)
            _provider.UnregisterTempActor(path);
        return path;
    }

    private void LeavePlace()
    {
        if (Volatile.Read(ref _path) is { } path)
            _provider.UnregisterTempActor(path);
        _timeout?.Wheel?.Cancel(_timeout);
        _cancellation.Unregister();
    }

    private sealed class TimeoutEntry(FutureActorRef<T> future, TimeSpan timeout) : WheelEntry
    {
        public override void Fire() => Fail($"Timeout after {timeout} seconds");
        public override void Abandon() => Fail("The actor system has terminated");

        private void Fail(string message)
        {
            if (future._result.TrySetException(new AskTimeoutException(message)))
                future.LeavePlace();
        }
    }
}
