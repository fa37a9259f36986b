using AkkaComfy.Core.Jobs;
using Microsoft.Data.Sqlite;

namespace AkkaComfy.Storage.Tests;

/// <summary>A database file in a directory of its own, and what else can be done to it.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-jobs-");

    public string Path => System.IO.Path.Combine(_directory.FullName, "jobs.db");

    public SqliteJobStore Open() => SqliteJobStore.Open(Path, TimeProvider.System);

    /// <summary>Makes a closed database that holds the job.</summary>
    public async Task HoldAsync(Job job)
    {
        await using var store = Open();
        await store.CommitAsync([job.Submission()], CancellationToken.None);
    }

    /// <summary>Does something to it from outside, as with the tool of SQLite.</summary>
    public void Execute(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }

    public object? Scalar(string sql)
    {
        using var connection = Connect();
        return connection.Scalar(sql);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }
}
