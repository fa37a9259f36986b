using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace AkkaComfy.Storage;

/// <summary>The one connection that writes, with its statements prepared; used by one thread at a time.</summary>
internal sealed class JobWriter : IDisposable
{
    /// <summary>More than a batch can expire, so that forgetting keeps up.</summary>
    private const int ForgetAtMost = 2048;

    private readonly SqliteConnection _connection;
    private readonly WriteAheadLog _log;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _insert;
    private readonly Statement _update;
    private readonly Statement _addFile;
    private readonly Statement _dropFiles;
    private readonly Statement _forget;

    /// <param name="connection">Owned from now on.</param>
    public JobWriter(SqliteConnection connection)
    {
        _connection = connection;
        _log = new WriteAheadLog(connection);
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
        _insert = new Statement(
            connection,
            """
            INSERT INTO jobs (id, workflow, queue, priority, phase, instance, version, created_at, pending_since,
                              ended_at, expired_at, idempotency_key, request_hash, body)
            VALUES ($id, $workflow, $queue, $priority, $phase, $instance, $version, $created, $since, $ended, $expired,
                    $key, $hash, $body)
            ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
            """,
            "$id", "$workflow", "$queue", "$priority", "$phase", "$instance", "$version", "$created", "$since",
            "$ended", "$expired", "$key", "$hash", "$body");
        _update = new Statement(
            connection,
            """
            UPDATE jobs SET phase = $phase, instance = $instance, version = $version, pending_since = $since,
                            ended_at = $ended, expired_at = $expired, body = $body
            WHERE id = $id
            """,
            "$id", "$phase", "$instance", "$version", "$since", "$ended", "$expired", "$body");
        _addFile = new Statement(
            connection,
            "INSERT OR IGNORE INTO job_files (job, blob) SELECT arrival, $blob FROM jobs WHERE id = $id",
            "$id", "$blob");
        _dropFiles = new Statement(
            connection, "DELETE FROM job_files WHERE job = (SELECT arrival FROM jobs WHERE id = $id)", "$id");
        _forget = new Statement(
            connection,
            $"""
            DELETE FROM jobs WHERE arrival IN (
              SELECT arrival FROM jobs WHERE expired_at < $before ORDER BY expired_at LIMIT {ForgetAtMost})
            """,
            "$before");
    }

    /// <summary>Tests provoke faults of the disk through it.</summary>
    internal SqliteConnection Connection => _connection;

    /// <summary>Records the batch in one transaction; a failure rolls all of it back.</summary>
    /// <returns>The submissions left out because their key is taken.</returns>
    public IReadOnlyList<JobCommit> Commit(IReadOnlyList<JobCommit> batch)
    {
        _log.Bound();
        _begin.Run();
        try
        {
            List<JobCommit>? leftOut = null;
            foreach (var commit in batch)
            {
                if (!Record(commit))
                {
                    (leftOut ??= []).Add(commit);
                }
            }

            if (batch.Count > 0)
            {
                Forget(batch.SelectMany(commit => commit.Events).Max(happened => happened.At));
            }

            _commit.Run();
            return leftOut ?? (IReadOnlyList<JobCommit>)[];
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _insert, _update, _addFile, _dropFiles, _forget })
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private bool Record(JobCommit commit)
    {
        var job = commit.After;
        var id = JobRow.Id(job.Id);
        if (commit.IsSubmission)
        {
            if (!Insert(job, id, commit.Key))
            {
                return false;
            }
        }
        else
        {
            Update(job, id);
        }

        if (job.ExpiredAt is not null)
        {
            _dropFiles.Run(id);
        }
        else if (commit.IsSubmission || commit.Events.Any(happened => happened is Jobs.Completed))
        {
            foreach (var blob in job.Blobs)
            {
                _addFile.Run(id, JobRow.Hash(blob.Id));
            }
        }

        return true;
    }

    private bool Insert(Job job, byte[] id, IdempotencyKey? key)
    {
        var group = JobGroup.Of(job);
        return _insert.Run(
            id, job.Workflow.Value, job.Queue.Value, job.Priority, JobRow.Word(job.Phase), JobRow.Word(group.Instance),
            job.Version, job.CreatedAt.UtcTicks, JobRow.Ticks(job.PendingSince), JobRow.Ticks(job.EndedAt),
            JobRow.Ticks(job.ExpiredAt), key?.Value, key?.RequestHash, JobDocuments.Write(job)) == 1;
    }

    private void Update(Job job, byte[] id)
    {
        var group = JobGroup.Of(job);
        var changed = _update.Run(
            id, JobRow.Word(job.Phase), JobRow.Word(group.Instance), job.Version, JobRow.Ticks(job.PendingSince),
            JobRow.Ticks(job.EndedAt), JobRow.Ticks(job.ExpiredAt), JobDocuments.Write(job));
        if (changed != 1)
        {
            throw new InvalidOperationException($"the job {job.Id} was never submitted to this store");
        }
    }

    private void Forget(DateTimeOffset now) => _forget.Run((now - Job.RememberedFor).UtcTicks);

    private void RollBack()
    {
        // Some failures roll back by themselves.
        if (sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _connection.Execute("ROLLBACK");
        }
    }
}
