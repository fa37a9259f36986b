namespace Akka.TestKit;

/// <summary>Reacts to each message a test actor receives, before the test sees it.</summary>
public abstract class AutoPilot
{
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    /// <summary>Returns the pilot for the next message: another one, <see cref="NoAutoPilot"/> to end, or
    /// <see cref="KeepRunning"/> for this one again.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>Ends auto piloting.</summary>
public sealed class NoAutoPilot : AutoPilot
{
    public static NoAutoPilot Instance { get; } = new();

    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>Keeps the pilot that returned it.</summary>
public sealed class KeepRunning : AutoPilot
{
    public static KeepRunning Instance { get; } = new();

    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException($"{nameof(KeepRunning)} is a result of Run, not a pilot");
}

/// <summary>An auto pilot made of a function.</summary>
public sealed class DelegateAutoPilot(Func<IActorRef, object, AutoPilot> onMessage) : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) => onMessage(sender, message);
}
