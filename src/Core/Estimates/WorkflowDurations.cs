namespace AkkaComfy.Core.Estimates;

/// <summary>How long the jobs of one workflow took.</summary>
/// <param name="Execution">From the start on the GPU to the end.</param>
/// <param name="Total">From the submission to the end.</param>
public sealed record WorkflowDurations(DurationStats Execution, DurationStats Total);
