using System.Collections.Immutable;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>What the supervisor of jobs works with.</summary>
/// <param name="Chance">Uniform in [0, 1).</param>
public sealed record SupervisorServices(
    IJobStore Store,
    IBlobStore Blobs,
    IWorkflowCatalog Workflows,
    FleetOptions Options,
    ImmutableArray<InstanceServices> Instances,
    ILoggerFactory Logs,
    Func<double> Chance)
{
    /// <summary>Where outputs are saved as well; null for nowhere.</summary>
    public OutputFolder? Outputs { get; init; }
}

/// <summary>A step could not be recorded: the supervisor restarts and recovers from what the store holds.</summary>
public sealed class JournalException(string message, Exception inner) : Exception(message, inner);
