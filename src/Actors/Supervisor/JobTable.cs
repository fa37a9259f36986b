using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>The jobs that the supervisor has in memory: the window of claimed pending ones, and the running ones.</summary>
/// <remarks>The store is the queue; this stays small however long the queue is.</remarks>
internal sealed class JobTable
{
    private readonly Dictionary<JobId, Job> _jobs = [];
    private readonly SortedSet<Job> _window = new(ByPriorityThenArrival.Instance);
    private readonly SortedDictionary<int, int> _pendingByPriority = [];
    private readonly Dictionary<QueueName, int> _pendingPrompts = [];

    /// <summary>Pending jobs in all: in the window, and in the store beyond it.</summary>
    public int Pending { get; private set; }

    public int WindowCount => _window.Count;

    /// <summary>Pending jobs that only the store knows.</summary>
    public int Backlog => Pending - _window.Count;

    public IEnumerable<Job> Window => _window;

    /// <summary>How many jobs of the window are of these queues.</summary>
    public int WindowCountOf(IReadOnlySet<QueueName> queues) => _window.Count(job => queues.Contains(job.Queue));

    /// <summary>Whether jobs wait, or are about to, in a queue of graphs of their own.</summary>
    public bool HasPending(QueueName prompts) => _pendingPrompts.ContainsKey(prompts);

    /// <summary>The last job of the window that the store knows exactly as memory does.</summary>
    public Job? LastUntried => _window.Reverse().FirstOrDefault(job => job.Attempts.IsEmpty);

    public IEnumerable<Job> Processing => _jobs.Values.Where(job => job.Phase == JobPhase.Processing);

    public Job? Find(JobId id) => _jobs.GetValueOrDefault(id);

    public void Clear()
    {
        _jobs.Clear();
        _window.Clear();
        _pendingByPriority.Clear();
        _pendingPrompts.Clear();
        Pending = 0;
    }

    public void CountPending(int priority, int by)
    {
        Pending += by;
        _pendingByPriority[priority] = _pendingByPriority.GetValueOrDefault(priority) + by;
    }

    public void CountPending(Job job, int by)
    {
        CountPending(job.Priority, by);
        if (job.Inputs.Graph is { } graph)
        {
            CountPending(graph.Needs.Queue, by);
        }
    }

    public void CountPending(QueueName prompts, int by)
    {
        _pendingPrompts[prompts] = _pendingPrompts.GetValueOrDefault(prompts) + by;
        if (_pendingPrompts[prompts] == 0)
        {
            _pendingPrompts.Remove(prompts);
        }
    }

    /// <summary>How many pending jobs a new one of this priority stands behind.</summary>
    public int PendingAhead(int priority) =>
        _pendingByPriority.Where(pending => pending.Key >= priority).Sum(pending => pending.Value);

    /// <summary>Takes a claimed job in. Whether it waits or runs, its place follows from its phase.</summary>
    public void Add(Job job)
    {
        _jobs[job.Id] = job;
        if (job.Phase == JobPhase.Pending)
        {
            _window.Add(job);
        }
    }

    /// <summary>Puts the job after an event in the place of the job before it.</summary>
    public void Replace(Job before, Job after)
    {
        if (before.Phase == JobPhase.Pending && after.Phase != JobPhase.Pending)
        {
            _window.Remove(before);
            CountPending(before, -1);
        }
        else if (before.Phase != JobPhase.Pending && after.Phase == JobPhase.Pending)
        {
            _window.Add(after);
            CountPending(after, +1);
        }

        _jobs[after.Id] = after;
    }

    public void Forget(JobId id)
    {
        if (_jobs.Remove(id, out var job))
        {
            _window.Remove(job);
        }
    }

    private sealed class ByPriorityThenArrival : IComparer<Job>
    {
        public static ByPriorityThenArrival Instance { get; } = new();

        public int Compare(Job? x, Job? y) => x!.Priority != y!.Priority
            ? y.Priority.CompareTo(x.Priority)
            : x.CreatedAt != y.CreatedAt
                ? x.CreatedAt.CompareTo(y.CreatedAt)
                : x.Id.Value.CompareTo(y.Id.Value);
    }
}
