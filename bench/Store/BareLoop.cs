using AkkaComfy.Core.Jobs;
using AkkaComfy.Storage;
using Microsoft.Data.Sqlite;

namespace AkkaComfy.Bench.Store;

/// <summary>The least that writes the rows of submissions: one thread, prepared statements, values at hand.</summary>
internal static class BareLoop
{
    private const string Body =
        """{"format":1,"inputs":{"imageFile":{"image":{"blob":{"id":"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d","size":100000,"media_type":"image/png"},"width":512,"height":512}}}}""";

    /// <returns>Rows a second.</returns>
    public static async Task<double> RunAsync(string path, int jobs, int batch)
    {
        // The store makes the schema.
        await SqliteJobStore.Open(path, TimeProvider.System).DisposeAsync();
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, "PRAGMA foreign_keys = ON");
        Run(connection, "PRAGMA wal_autocheckpoint = 4096");
        Run(connection, "PRAGMA cache_size = -16384");
        Job[] rows = [.. Enumerable.Range(0, jobs).Select(number => SampleJobs.Submission(number).After)];

        using var insert = Prepare(
            connection,
            """
            INSERT INTO jobs (id, workflow, priority, phase, instance, version, created_at, pending_since, body)
            VALUES ($id, $workflow, $priority, 'pending', '', 1, $at, $at, $body)
            """,
            "$id", "$workflow", "$priority", "$at", "$body");
        using var file = Prepare(
            connection, "INSERT INTO job_files (job, blob) VALUES (last_insert_rowid(), $blob)", "$blob");
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var some in rows.Chunk(batch))
        {
            Run(connection, "BEGIN IMMEDIATE");
            foreach (var job in some)
            {
                insert.Parameters[0].Value = job.Id.Value.ToByteArray(bigEndian: true);
                insert.Parameters[1].Value = job.Workflow.Value;
                insert.Parameters[2].Value = job.Priority;
                insert.Parameters[3].Value = job.CreatedAt.UtcTicks;
                insert.Parameters[4].Value = Body;
                insert.ExecuteNonQuery();
                file.Parameters[0].Value = Convert.FromHexString(job.Blobs.First().Id.Value);
                file.ExecuteNonQuery();
            }

            Run(connection, "COMMIT");
        }

        return jobs / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
