using Akka.Streams.Supervision;
using Decider = Akka.Streams.Supervision.Decider;

namespace Akka.Streams;

/// <summary>Turns blueprints into running streams.</summary>
public interface IMaterializer
{
    TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable);
}

/// <summary>Runs streams for as long as the system or the actor lives that it was made for.</summary>
public abstract class ActorMaterializer : IMaterializer, IDisposable
{
    public abstract ActorMaterializerSettings Settings { get; }
    public abstract bool IsShutdown { get; }
    public abstract ActorSystem System { get; }

    public static ActorMaterializer Create(
        IActorRefFactory context, ActorMaterializerSettings? settings = null, string? namePrefix = null) =>
        StreamMaterializer.For(context, settings);

    public abstract TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable);

    /// <summary>Ends every stream with <see cref="AbruptTerminationException"/>.</summary>
    public abstract void Shutdown();

    public void Dispose()
    {
        Shutdown();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Makes materializers.</summary>
public static class ActorMaterializerExtensions
{
    public static ActorMaterializer Materializer(
        this IActorRefFactory context, ActorMaterializerSettings? settings = null, string? namePrefix = null) =>
        ActorMaterializer.Create(context, settings, namePrefix);
}

/// <summary>How a materializer runs streams.</summary>
public sealed record ActorMaterializerSettings
{
    private ActorMaterializerSettings() { }
    public int InitialInputBufferSize { get; private init; } = 4;

    /// <summary>Elements an asynchronous boundary may hold. Default: 16.</summary>
    public int MaxInputBufferSize { get; private init; } = 16;

    public Decider SupervisionDecider { get; private init; } = Deciders.StoppingDecider;
    public static ActorMaterializerSettings Create(ActorSystem system) => new();

    public ActorMaterializerSettings WithInputBuffer(int initialSize, int maxSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSize, initialSize);
        return this with { InitialInputBufferSize = initialSize, MaxInputBufferSize = maxSize };
    }

    public ActorMaterializerSettings WithSupervisionStrategy(Decider decider) =>
        this with { SupervisionDecider = decider };
}
