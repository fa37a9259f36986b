using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>Runs the pieces of an asynchronous handler inside its actor, one at a time.</summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;
    public override int MaximumConcurrencyLevel => 1;

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Runs a handler in the calling actor; its further messages wait until the handler has ended.</summary>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current
            ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        cell.RunTask(asyncAction);
    }

    internal void Run(Task task) => TryExecuteTask(task);
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    // Never inline, even inside the actor: a handler that yields in a loop would nest without end.
    protected override void QueueTask(Task task) => _cell.Send(new ActorTask(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ActorCell.Current == _cell && TryExecuteTask(task);
}
