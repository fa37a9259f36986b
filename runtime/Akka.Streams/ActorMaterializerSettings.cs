using Akka.Actor;
using Akka.Streams.Supervision;
using Decider = Akka.Streams.Supervision.Decider;

namespace Akka.Streams;

/// <summary>How a materializer runs streams.</summary>
public sealed class ActorMaterializerSettings
{
    private ActorMaterializerSettings(int initial, int max, Decider decider)
    {
        InitialInputBufferSize = initial;
        MaxInputBufferSize = max;
        SupervisionDecider = decider;
    }

    public int InitialInputBufferSize { get; }

    /// <summary>Elements an asynchronous boundary may hold. Default: 16.</summary>
    public int MaxInputBufferSize { get; }

    public Decider SupervisionDecider { get; }

    public static ActorMaterializerSettings Create(ActorSystem system) => new(4, 16, Deciders.StoppingDecider);

    public ActorMaterializerSettings WithInputBuffer(int initialSize, int maxSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSize, initialSize);
        return new ActorMaterializerSettings(initialSize, maxSize, SupervisionDecider);
    }

    public ActorMaterializerSettings WithSupervisionStrategy(Decider decider) =>
        new(InitialInputBufferSize, MaxInputBufferSize, decider);
}
