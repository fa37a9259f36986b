using System.Collections.Immutable;
using AkkaComfy.Core.Eligibility;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Instance;

/// <summary>The conversation with the reader of an instance's node classes and models.</summary>
public static class Capabilities
{
    /// <summary>The instance may be another than before: read again, soon.</summary>
    public sealed record Refresh
    {
        public static Refresh Instance { get; } = new();
    }

    /// <summary>Told to the instance whenever they were read, or can no longer be relied on.</summary>
    /// <param name="Lacks">The workflows that the instance cannot run.</param>
    /// <param name="ReadAt">Null while unknown: only tags can then be lacking.</param>
    public sealed record Known(ImmutableArray<Lack> Lacks, DateTimeOffset? ReadAt)
    {
        /// <summary>What graphs that clients bring are weighed against; null while unknown.</summary>
        public INodeInventory? Nodes { get; init; }
    }

    /// <summary>Told by an instance to the supervisor of jobs whenever they were read, or can no longer be relied on.</summary>
    public sealed record Offered(InstanceId Id, INodeInventory? Nodes);
}
