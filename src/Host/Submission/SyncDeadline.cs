using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Settings;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Submission;

/// <summary>Decides how long a sync caller still waits: pure, and asked again as the job moves on.</summary>
internal static class SyncDeadline
{
    /// <summary>Around the time on the GPU: inputs go in, an interrupt is honoured, outputs come out.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(10);

    /// <param name="began">When the call began to wait; its job may be older.</param>
    /// <param name="execution">The longest that one execution may take.</param>
    /// <returns>Zero or less when the wait is over.</returns>
    public static TimeSpan Left(
        Job job, DateTimeOffset began, ServiceSettings settings, TimeSpan execution, DateTimeOffset now)
    {
        if (settings.SyncTimeout > TimeSpan.Zero)
        {
            return began + settings.SyncTimeout - now;
        }

        var started = job.Phase is JobPhase.Processing ? job.Current.StartedAt : null;
        var whenExecuted = (started ?? now) + execution + Around;
        var capped = began + settings.Retention;
        return (whenExecuted < capped ? whenExecuted : capped) - now;
    }
}
