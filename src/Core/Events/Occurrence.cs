using AkkaComfy.Messages;

namespace AkkaComfy.Core.Events;

/// <summary>An event on its way to a listener.</summary>
/// <param name="Number">Of a job's change, or of a gap, in the stream of all; 0 for what is not numbered.</param>
public readonly record struct Occurrence(LiveEvents.IEvent What, long Number = 0);
