using System.Collections.Immutable;

namespace AkkaComfy.Messages;

/// <summary>The conversation between the supervisor of jobs and an instance about one attempt of one job.</summary>
public static class Executions
{
    /// <summary>What an execution reports; carries the attempt so that a late report of an earlier one is told apart.</summary>
    public interface IReport : IWithJobId
    {
        int Attempt { get; }
    }

    /// <summary>Runs one attempt.</summary>
    /// <param name="Adopt">The prompt may already be on the instance: look it up before anything is submitted.</param>
    public sealed record Run(
        JobId JobId, int Attempt, PromptId PromptId, WorkflowName Workflow, Inputs Inputs, bool Adopt) : IWithJobId
    {
        /// <summary>The span that the attempt belongs under; null for none.</summary>
        public string? TraceParent { get; init; }
    }

    /// <summary>Ends the attempt on the instance: removed from its queue, or interrupted.</summary>
    public sealed record Abort(JobId JobId, int Attempt) : IWithJobId;

    /// <summary>The outcome is recorded: what the instance still remembers of the prompt may go.</summary>
    public sealed record Release(JobId JobId, int Attempt) : IWithJobId;

    public sealed record Started(JobId JobId, int Attempt) : IReport;

    public sealed record Progressed(JobId JobId, int Attempt, JobProgress Progress) : IReport;

    /// <summary>All outputs are in the blob store.</summary>
    public sealed record Succeeded(JobId JobId, int Attempt, ImmutableArray<JobOutput> Outputs) : IReport;

    public sealed record Faulted(JobId JobId, int Attempt, JobError Error) : IReport;

    /// <summary>The attempt was ended because <see cref="Abort"/> asked for it.</summary>
    public sealed record Aborted(JobId JobId, int Attempt) : IReport;
}
