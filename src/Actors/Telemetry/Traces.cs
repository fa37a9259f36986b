using System.Diagnostics;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>The spans of jobs: part of the trace of the request that submitted them, and none where nobody listens.</summary>
public static class Traces
{
    public const string SourceName = "AkkaComfy";

    internal const string JobId = "akkacomfy.job.id";
    internal const string Workflow = "akkacomfy.workflow";
    internal const string Instance = "akkacomfy.instance";
    internal const string Attempt = "akkacomfy.attempt.number";
    internal const string Adopted = "akkacomfy.attempt.adopted";
    internal const string PromptId = "akkacomfy.prompt.id";
    internal const string Outcome = "akkacomfy.outcome";
    internal const string Blame = "akkacomfy.blame";
    internal const string ErrorType = "error.type";

    internal static string? Version { get; } = typeof(Traces).Assembly.GetName().Version?.ToString(fieldCount: 3);

    private static ActivitySource Source { get; } = new(SourceName, Version);

    /// <summary>Leaves the current activity as it is.</summary>
    /// <param name="traceParent">As the job carries it: of a request that may have been answered long ago.</param>
    internal static Activity? Begin(string name, string? traceParent, DateTimeOffset at = default)
    {
        if (traceParent is null || !Source.HasListeners()
            || !ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent))
        {
            return null;
        }

        using var _ = new Restoring(Activity.Current);
        return Source.StartActivity(name, ActivityKind.Internal, parent, startTime: at);
    }

    internal static Activity? Begin(string name, Activity? parent)
    {
        if (parent is null)
        {
            return null;
        }

        using var _ = new Restoring(Activity.Current);
        return Source.StartActivity(name, ActivityKind.Internal, parent.Context);
    }

    /// <summary>What begins until this is disposed belongs under the activity.</summary>
    internal static Restoring Within(Activity activity)
    {
        var restoring = new Restoring(Activity.Current);
        Activity.Current = activity;
        return restoring;
    }

    internal static void SetError(this Activity activity, JobError error)
    {
        activity.SetTag(ErrorType, error.Code);
        activity.SetTag(Blame, Labels.Of(error.Blame));
        activity.SetStatus(ActivityStatusCode.Error, error.Message);
    }

    internal readonly struct Restoring(Activity? before) : IDisposable
    {
        public void Dispose() => Activity.Current = before;
    }
}
