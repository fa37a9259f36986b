using System.Runtime.ExceptionServices;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

// Asynchronous handlers: while one runs, user messages wait; each of its pieces runs as a system message.
public sealed partial class ActorCell
{
    private ActorTaskScheduler? _taskScheduler;
    private Letter? _asyncLetter;
    private int _awaiting;

    internal ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    /// <summary>Runs a handler; when it does not end at once, suspends user messages until it has.</summary>
    internal void RunTask(Func<Task> handler)
    {
        var start = new Task<Task>(handler);
        start.RunSynchronously(TaskScheduler);
        var running = start.GetAwaiter().GetResult();
        if (running is null)
            return;
        if (running.IsCompleted)
        {
            running.GetAwaiter().GetResult();
            return;
        }
        _awaiting++;
        _suspensions++;
        _asyncLetter = _current;
        var (letter, incarnation) = (_current, _incarnation);
        running.ContinueWith(
            done => Send(new ActorTaskCompleted(done, letter, incarnation)), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, global::System.Threading.Tasks.TaskScheduler.Default);
    }

    private void RunScheduled(ActorTask piece)
    {
        var outer = _current;
        _current = _asyncLetter;
        _taskScheduler!.Run(piece.Task);
        _current = outer;
    }

    private void CompleteAsync(ActorTaskCompleted completed)
    {
        _awaiting--;
        _suspensions--;
        if (_awaiting == 0)
            _asyncLetter = null;
        var failure = completed.Task.Exception?.InnerException
            ?? (completed.Task.IsCanceled ? new TaskCanceledException(completed.Task) : null);
        if (completed.Incarnation != _incarnation)
        {
            if (failure is not null)
                PublishError(failure, $"An asynchronous handler of an earlier incarnation failed: {failure.Message}");
            return;
        }
        if (failure is null)
        {
            if (_awaiting == 0 && completed.Letter?.Message is not INotInfluenceReceiveTimeout)
                _idleTimer?.Restart();
            return;
        }
        _current = completed.Letter;
        ExceptionDispatchInfo.Throw(failure);
    }
}
