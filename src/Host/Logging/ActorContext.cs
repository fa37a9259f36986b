using AkkaComfy.Messages;
using Serilog.Core;
using Serilog.Events;

namespace AkkaComfy.Host.Logging;

/// <summary>
/// What the actor system itself tells of an actor, such as its failure, names it by path: this names the instance and
/// the job that the path stands for, <c>…/user/jobs/&lt;instance&gt;/&lt;job&gt;-&lt;attempt&gt;</c>.
/// </summary>
internal sealed class ActorContext : ILogEventEnricher
{
    private const string Path = "ActorPath";
    private const string Root = "/user/jobs/";
    private const int JobIdLength = 36;

    /// <summary>What its logger adds, and says nothing.</summary>
    private static readonly string[] Needless = ["LogSource", "Timestamp", "ThreadId"];

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent.Properties.GetValueOrDefault(Path) is not ScalarValue { Value: string path })
        {
            return;
        }

        Array.ForEach(Needless, logEvent.RemovePropertyIfPresent);
        if (path.IndexOf(Root, StringComparison.Ordinal) is >= 0 and var root)
        {
            var steps = path[(root + Root.Length)..].Split('/', '#');
            Add("Instance", steps[0]);
            if (steps.Length > 1 && steps[1] is { Length: > JobIdLength } name
                && JobId.TryParse(name[..JobIdLength], out var job))
            {
                Add("JobId", job.ToString());
            }
        }

        void Add(string property, string value)
        {
            if (value.Length > 0)
            {
                logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty(property, value));
            }
        }
    }
}
