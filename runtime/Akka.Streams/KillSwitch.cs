namespace Akka.Streams;

/// <summary>Ends streams from outside.</summary>
public interface IKillSwitch
{
    /// <summary>Completes downstream and cancels upstream; later calls have no effect.</summary>
    void Shutdown();

    /// <summary>Fails downstream and cancels upstream; later calls have no effect.</summary>
    void Abort(Exception cause);
}

/// <summary>Ends one stream.</summary>
public sealed class UniqueKillSwitch : IKillSwitch
{
    internal UniqueKillSwitch() { }
    internal Trigger Trigger { get; } = new();
    public void Shutdown() => Trigger.Pull(null);

    public void Abort(Exception cause) => Trigger.Pull(cause);
}

/// <summary>Ends every stream it is part of, and those that it will be part of.</summary>
public sealed class SharedKillSwitch : IKillSwitch
{
    private readonly Trigger _trigger = new();
    internal SharedKillSwitch(string name) => Name = name;
    public string Name { get; }
    public void Shutdown() => _trigger.Pull(null);
    public void Abort(Exception cause) => _trigger.Pull(cause);

    public IGraph<FlowShape<T, T>, SharedKillSwitch> Flow<T>() => new Flow<T, T, SharedKillSwitch>(
        (_, upstream) => (Stages.Until(upstream, _trigger), this));

    public override string ToString() => $"SharedKillSwitch({Name})";
}

/// <summary>Makes kill switches.</summary>
public static class KillSwitches
{
    public static SharedKillSwitch Shared(string name) => new(name);

    public static IGraph<FlowShape<T, T>, UniqueKillSwitch> Single<T>() => new Flow<T, T, UniqueKillSwitch>(
        static (_, upstream) =>
        {
            var killSwitch = new UniqueKillSwitch();
            return (Stages.Until(upstream, killSwitch.Trigger), killSwitch);
        });

    /// <summary>Ends the stream when the token is cancelled: completed if gracefully, failed otherwise.</summary>
    public static IGraph<FlowShape<T, T>, NotUsed> AsFlow<T>(
        this CancellationToken cancellationToken, bool cancelGracefully = false) => Flow.Of<T, T>(
            (_, upstream) => Stages.UntilCancelled(upstream, cancellationToken, cancelGracefully));
}
