using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Microsoft.Data.Sqlite;

namespace AkkaComfy.Storage;

/// <summary>A connection that only reads, with its statements prepared; used by one thread at a time.</summary>
internal sealed class JobReader : IDisposable
{
    private const int TriedForNeeds = 16;

    private readonly SqliteConnection _connection;
    private readonly UnreadableJobs _unreadable;
    private readonly List<Statement> _prepared = [];
    private readonly Statement _find;
    private readonly Statement _findByKey;
    private readonly Statement _get;
    private readonly Statement _waiting;
    private readonly Statement _promptQueues;
    private readonly Statement _processing;
    private readonly Statement _pendingByPriority;
    private readonly Statement _ahead;
    private readonly Statement _groups;
    private readonly Statement _groupPage;
    private readonly Statement _ended;
    private readonly Statement _pendingSince;
    private readonly Statement _isNamed;

    /// <param name="connection">Owned from now on.</param>
    /// <param name="unreadable">Where what is passed over is noted.</param>
    public JobReader(SqliteConnection connection, UnreadableJobs unreadable)
    {
        _connection = connection;
        _unreadable = unreadable;
        _find = Prepare($"SELECT {JobRow.Columns} FROM jobs WHERE id = $id", "$id");
        _findByKey = Prepare("SELECT id, request_hash FROM jobs WHERE idempotency_key = $key", "$key");
        _get = Prepare($"SELECT {JobRow.Columns} FROM jobs WHERE arrival = $arrival", "$arrival");
        _waiting = Prepare(
            """
            SELECT priority, arrival, id FROM jobs WHERE phase = 'pending' AND queue = $queue
            ORDER BY priority DESC, arrival LIMIT $max
            """,
            "$queue", "$max");
        // ';' comes after ':', with which the name of each such queue's kind ends.
        _promptQueues = Prepare(
            $"""
            SELECT queue, count(*) FROM jobs
            WHERE phase = 'pending' AND queue >= '{QueueName.OfPrompts}' AND queue < 'prompt;' GROUP BY queue
            """);
        _processing = Prepare($"SELECT {JobRow.Columns} FROM jobs WHERE phase = 'processing' ORDER BY arrival");
        _pendingByPriority = Prepare("SELECT priority, sum(jobs) FROM queue_counts GROUP BY priority");
        _ahead = Prepare(
            """
            SELECT
              (SELECT coalesce(sum(jobs), 0) FROM queue_counts WHERE priority > job.priority)
              + (SELECT coalesce(sum(jobs), 0) FROM queue_counts
                 WHERE priority = job.priority AND bucket < job.arrival >> 8)
              + (SELECT count(*) FROM jobs AS earlier
                 WHERE earlier.arrival >= job.arrival & ~255 AND earlier.arrival < job.arrival
                   AND earlier.phase = 'pending' AND earlier.priority = job.priority)
            FROM jobs AS job WHERE id = $id AND phase = 'pending'
            """,
            "$id");
        _groups = Prepare("SELECT phase, workflow, instance, jobs FROM group_counts WHERE jobs > 0");
        _groupPage = Prepare(
            """
            SELECT arrival FROM jobs
            WHERE phase = $phase AND workflow = $workflow AND instance = $instance AND expired_at IS NULL
              AND arrival < $before
            ORDER BY arrival DESC LIMIT $max
            """,
            "$phase", "$workflow", "$instance", "$before", "$max");
        _ended = Prepare(
            $"""
            SELECT {JobRow.Columns} FROM jobs WHERE ended_at < $before AND expired_at IS NULL
            ORDER BY ended_at, arrival LIMIT $max
            """,
            "$before", "$max");
        _pendingSince = Prepare(
            $"""
            SELECT {JobRow.Columns} FROM jobs WHERE pending_since < $before
            ORDER BY pending_since, arrival LIMIT $max
            """,
            "$before", "$max");
        _isNamed = Prepare("SELECT 1 FROM job_files WHERE blob = $blob LIMIT 1", "$blob");
    }

    /// <summary>Reads what belongs together from one state of the store.</summary>
    public T Consistently<T>(Func<JobReader, T> read)
    {
        _connection.Execute("BEGIN");
        try
        {
            return read(this);
        }
        finally
        {
            _connection.Execute("COMMIT");
        }
    }

    public Job? Find(JobId id) => _find.Query(JobRow.Read, JobRow.Id(id)).SingleOrDefault();

    public KeyedJob? FindByKey(string key) => _findByKey
        .Query(row => new KeyedJob(JobRow.ReadId(row, 0), row.GetString(1)), key).SingleOrDefault();

    /// <returns>Those that can be read, in the given order.</returns>
    public List<Job> Get(IEnumerable<long> arrivals) =>
        [.. arrivals.SelectMany(arrival => Readable(_get, arrival))];

    /// <returns>The first of the queue's pending jobs, claimed or not.</returns>
    public List<(QueuePlace Place, JobId Id)> FirstWaiting(QueueName queue, int max) => _waiting.Query(
        row => (new QueuePlace(row.GetInt32(0), row.GetInt64(1)), JobRow.ReadId(row, 2)), queue.Value, max);

    public StoreRecovery Recovery() => new(
        Readable(_processing),
        _pendingByPriority.Query(row => KeyValuePair.Create(row.GetInt32(0), row.GetInt32(1))).ToDictionary(),
        PendingPrompts());

    public int? CountAhead(JobId id) =>
        _ahead.Query(row => (int?)row.GetInt32(0), JobRow.Id(id)).SingleOrDefault();

    public List<JobCount> Groups() => _groups.Query(row => new JobCount(
        new JobGroup(
            JobRow.PhaseOf(row.GetString(0), "a group of jobs"),
            new WorkflowName(row.GetString(1)),
            JobRow.InstanceOf(row.GetString(2))),
        row.GetInt32(3)));

    public JobPage List(JobFilter filter, long before, int max)
    {
        var groups = Groups().Where(count => filter.Admits(count.Group)).ToList();
        var arrivals = groups
            .SelectMany(count => ArrivalsIn(count.Group, before, max + 1))
            .OrderDescending()
            .Take(max + 1)
            .ToList();
        return new JobPage(
            Get(arrivals.Take(max)),
            groups.Sum(count => count.Jobs),
            arrivals.Count > max ? arrivals[max - 1] : null);
    }

    public List<Job> EndedBefore(DateTimeOffset time, int max) => Readable(_ended, time.UtcTicks, max);

    public List<Job> PendingSinceBefore(DateTimeOffset time, int max) =>
        Readable(_pendingSince, time.UtcTicks, max);

    public bool IsNamed(BlobId blob) => _isNamed.Query(_ => true, JobRow.Hash(blob)).Count > 0;

    public void Dispose()
    {
        _prepared.ForEach(statement => statement.Dispose());
        _connection.Dispose();
    }

    private List<Job> Readable(Statement statement, params ReadOnlySpan<object?> values) =>
        [.. statement.Query(_unreadable.Read, values).OfType<Job>()];

    /// <summary>Any job of a queue tells what all of them need; one that cannot be read, nothing.</summary>
    private List<PendingPrompts> PendingPrompts()
    {
        var found = new List<PendingPrompts>();
        foreach (var (queue, jobs) in _promptQueues.Query(row => (new QueueName(row.GetString(0)), row.GetInt32(1))))
        {
            var first = FirstWaiting(queue, TriedForNeeds).Select(job => job.Place.Arrival);
            if (Get(first).FirstOrDefault()?.Inputs.Graph is { } graph)
            {
                found.Add(new PendingPrompts(graph.Needs, jobs));
            }
        }

        return found;
    }

    private List<long> ArrivalsIn(JobGroup group, long before, int max) => _groupPage.Query(
        row => row.GetInt64(0),
        JobRow.Word(group.Phase), group.Workflow.Value, JobRow.Word(group.Instance), before, max);

    private Statement Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var statement = new Statement(_connection, sql, parameters);
        _prepared.Add(statement);
        return statement;
    }
}
