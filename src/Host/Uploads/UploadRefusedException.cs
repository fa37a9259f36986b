using AkkaComfy.Host.Problems;

namespace AkkaComfy.Host.Uploads;

/// <summary>The request as a whole cannot be read: wrong type, too large, malformed.</summary>
internal sealed class UploadRefusedException(Problem problem) : Exception(problem.Error)
{
    public Problem Problem { get; } = problem;
}
