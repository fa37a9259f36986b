namespace Akka.Actor;

public sealed partial class CoordinatedShutdown
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    /// <summary>Why the shutdown runs; derive from it for reasons of your own.</summary>
    public class Reason
    {
        protected Reason() { }
    }

    /// <summary>Nobody gave a reason.</summary>
    public class UnknownReason : Reason
    {
        private UnknownReason() { }

        public static readonly Reason Instance = new UnknownReason();
    }

    /// <summary><see cref="ActorSystem.Terminate"/> was called.</summary>
    public class ActorSystemTerminateReason : Reason
    {
        private ActorSystemTerminateReason() { }

        public static readonly Reason Instance = new ActorSystemTerminateReason();
    }

    /// <summary>The process or its host ends.</summary>
    public class ClrExitReason : Reason
    {
        private ClrExitReason() { }

        public static readonly Reason Instance = new ClrExitReason();
    }
}

/// <summary>Gives each actor system one <see cref="CoordinatedShutdown"/>.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new(system);
}
