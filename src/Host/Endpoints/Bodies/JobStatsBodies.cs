using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Http;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>Counts of jobs as clients see them: pure translations.</summary>
internal static class JobStatsBodies
{
    public static JobStatsBody Of(IReadOnlyList<JobCount> counts)
    {
        var body = new JobStatsBody(
            counts.Sum(count => count.Jobs),
            Enum.GetValues<JobPhase>().ToDictionary(SnakeCase.Of, _ => 0),
            new SortedDictionary<string, int>(StringComparer.Ordinal),
            new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var (group, jobs) in counts)
        {
            body.ByStatus[SnakeCase.Of(group.Phase)] += jobs;
            Add(body.ByType, group.Workflow.Value, jobs);
            if (group.Instance is { } instance)
            {
                Add(body.ByInstance, instance.Value, jobs);
            }
        }

        return body;
    }

    private static void Add(SortedDictionary<string, int> counts, string name, int jobs) =>
        counts[name] = counts.GetValueOrDefault(name) + jobs;
}
