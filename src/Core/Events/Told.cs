using System.Runtime.InteropServices;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Events;

/// <summary>What a listener has been told of one job: what it hears next must not go back behind that.</summary>
/// <remarks>A snapshot is read after listening began: events from before it may follow it, and are no news any more.</remarks>
/// <param name="Version">Of the job; 0 when nothing was told.</param>
/// <param name="Attempt">The attempt whose progress was told.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Told(int Version, int Attempt, int Percentage)
{
    /// <returns>False for what is old; otherwise <paramref name="now"/> is what the listener has been told with it.</returns>
    public bool IsNews(LiveEvents.IEvent what, out Told now)
    {
        now = this;
        switch (what)
        {
            case LiveEvents.JobChanged change:
                now = Of(change.Version, change.Attempt, change.Progress?.Percentage ?? 0);
                return change.Version > Version;
            case LiveEvents.JobProgressed progressed:
                now = Of(Version, progressed.Attempt, progressed.Progress.Percentage);
                return progressed.Attempt > Attempt
                    || (progressed.Attempt == Attempt && progressed.Progress.Percentage >= Percentage);
            default:
                return true;
        }
    }

    /// <summary>A new attempt begins anew; within one nothing goes back.</summary>
    private Told Of(int version, int attempt, int percentage) =>
        new(version, attempt, attempt == Attempt ? Math.Max(Percentage, percentage) : percentage);
}
