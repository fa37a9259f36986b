using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>The unexpired jobs by group, each in order of arrival: any filter is a merge of a few groups.</summary>
internal sealed class GroupIndex
{
    private readonly Dictionary<JobGroup, SortedSet<long>> _groups = [];
    private readonly Dictionary<long, JobId> _ids = [];

    public void Add(Job job, long arrival)
    {
        var group = JobGroup.Of(job);
        if (!_groups.TryGetValue(group, out var arrivals))
        {
            _groups.Add(group, arrivals = []);
        }

        arrivals.Add(arrival);
        _ids.Add(arrival, job.Id);
    }

    public void Remove(Job job, long arrival)
    {
        var group = JobGroup.Of(job);
        _groups[group].Remove(arrival);
        _ids.Remove(arrival);
        if (_groups[group].Count == 0)
        {
            _groups.Remove(group);
        }
    }

    public JobCount[] Counts() => [.. _groups.Select(group => new JobCount(group.Key, group.Value.Count))];

    public int Count(JobFilter filter) => Admitted(filter).Sum(arrivals => arrivals.Count);

    /// <returns>The last of those that arrived before the given one, newest first.</returns>
    public (JobId Id, long Arrival)[] Last(JobFilter filter, long before, int max) =>
    [
        .. Admitted(filter)
            .SelectMany(arrivals => arrivals.GetViewBetween(0, before - 1).Reverse().Take(max))
            .OrderDescending()
            .Take(max)
            .Select(arrival => (_ids[arrival], arrival)),
    ];

    private IEnumerable<SortedSet<long>> Admitted(JobFilter filter) =>
        _groups.Where(group => filter.Admits(group.Key)).Select(group => group.Value);
}
