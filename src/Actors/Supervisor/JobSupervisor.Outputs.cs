using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Copies of outputs for people (<c>OUTPUT_FILES</c>): a failure is told in the log, and the job knows nothing of it.</content>
public sealed partial class JobSupervisor
{
    private void SaveOutputs(Job job)
    {
        if (_services.Outputs is { } folder && job.Phase == JobPhase.Completed)
        {
            var cancellation = _lifetime.Token;
            Task.Run(() => folder.SaveAsync(job, cancellation), cancellation).PipeTo(
                Self,
                success: count => new OutputsSaved(job.Id, count),
                failure: cause => new OutputsNotSaved(job.Id, cause));
        }
    }

    private void Told(OutputsSaved saved) =>
        _log.LogDebug("{Count} outputs of job {JobId} are saved", saved.Count, saved.JobId);

    private void Told(OutputsNotSaved failed) =>
        _log.LogError(failed.Cause, "The outputs of job {JobId} cannot be saved", failed.JobId);

    private sealed record OutputsSaved(JobId JobId, int Count);

    private sealed record OutputsNotSaved(JobId JobId, Exception Cause);
}
