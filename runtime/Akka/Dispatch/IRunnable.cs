namespace Akka.Dispatch;

/// <summary>Something that can be run.</summary>
public interface IRunnable
{
    void Run();
}

/// <summary>Runs an action.</summary>
public sealed class ActionRunnable(Action action) : IRunnable
{
    public void Run() => action();
}
