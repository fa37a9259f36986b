using Akka.Actor;
using Akka.Streams.Implementation;

namespace Akka.Streams;

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
