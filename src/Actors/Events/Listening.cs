using System.Collections.Immutable;
using System.Threading.Channels;
using AkkaComfy.Core.Events;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Events;

/// <summary>The conversation with the hub of events.</summary>
/// <remarks>Who listens first and then reads a snapshot misses nothing: every event from the answer on is told.</remarks>
public static class Listening
{
    public interface IReply;

    /// <summary>Answered by <see cref="Joined"/> or <see cref="Refused"/>.</summary>
    /// <param name="Previews">Whether its previews are wanted too.</param>
    /// <param name="Until">Ends the listening.</param>
    public sealed record ToJob(JobId JobId, bool Previews, CancellationToken Until);

    /// <summary>All jobs and instances, without previews; answered by <see cref="Joined"/> or <see cref="Refused"/>.</summary>
    /// <param name="After">The last event heard before; null for none.</param>
    /// <param name="Until">Ends the listening.</param>
    public sealed record ToAll(EventFilter Filter, StreamPosition? After, CancellationToken Until);

    /// <param name="Heard">Holds one backlog at a time: whatever comes meanwhile goes into the next one.</param>
    /// <param name="At">Where in the stream of all the listening begins.</param>
    /// <param name="Missed">What came between the last event heard and that; null when it is not known any more.</param>
    /// <param name="HubEnds">Cancelled when nothing more will be heard: listen anew, then read a snapshot anew.</param>
    public sealed record Joined(
        ChannelReader<Backlog> Heard, StreamPosition At, ImmutableArray<Occurrence>? Missed, CancellationToken HubEnds) : IReply;

    public sealed record Refused(Refusal Why) : IReply;

    /// <summary>Answered by <see cref="Audience"/>.</summary>
    public sealed record GetAudience
    {
        public static GetAudience Instance { get; } = new();
    }

    /// <param name="Listeners">Open streams of events.</param>
    public sealed record Audience(int Listeners);
}
