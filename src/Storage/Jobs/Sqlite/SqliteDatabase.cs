using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace AkkaComfy.Storage;

/// <summary>Opens connections to one database file, which it checks and brings up to date first.</summary>
internal sealed class SqliteDatabase(string path)
{
    /// <summary>Marks the file as ours: "AKCF".</summary>
    private const int ApplicationId = 0x414B4346;

    private const int BusySeconds = 5;

    /// <summary>A check of the whole file is worth this much of a start; what is beyond is found when it is read.</summary>
    private static readonly TimeSpan CheckAtMost = TimeSpan.FromSeconds(2);

    public string Path => path;

    /// <summary>Opens the connection that writes.</summary>
    /// <exception cref="StoreRefusedException">The file is not ours, damaged, too new, or cannot be written.</exception>
    public SqliteConnection Prepare(SchemaMigrations migrations, TimeProvider time)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        SqliteConnection? connection = null;
        try
        {
            connection = OpenWriter();
            if (sqlite3_db_readonly(connection.Handle, "main") == 1)
            {
                throw new StoreRefusedException($"The database '{path}' cannot be written: check its permissions.");
            }

            Identify(connection);
            Check(connection, time);
            migrations.Apply(connection);
            DurableFiles.FlushDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            return connection;
        }
        catch (SqliteException failure)
        {
            connection?.Dispose();
            throw Refusal(failure);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        // Every commit is on the disk before it returns; a checkpoint moves 16 MiB at a time out of the log.
        connection.Execute("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA fullfsync = ON;
            PRAGMA checkpoint_fullfsync = ON;
            PRAGMA wal_autocheckpoint = 4096;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA foreign_keys = ON;
            PRAGMA cache_size = -16384;
            PRAGMA temp_store = MEMORY
            """);
        return connection;
    }

    public SqliteConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadOnly);
        connection.Execute("PRAGMA cache_size = -4096");
        return connection;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Identify(SqliteConnection connection)
    {
        var id = connection.Pragma("application_id");
        if (id == 0 && connection.Scalar("SELECT 1 FROM sqlite_schema LIMIT 1") is null)
        {
            connection.Execute($"PRAGMA application_id = {ApplicationId}");
        }
        else if (id != ApplicationId)
        {
            throw new StoreRefusedException(
                $"The database '{path}' belongs to another program: use another directory, or move the file away.");
        }
    }

    private void Check(SqliteConnection connection, TimeProvider time)
    {
        var begun = time.GetTimestamp();
        sqlite3_progress_handler(
            connection.Handle, 10_000, _ => time.GetElapsedTime(begun) > CheckAtMost ? 1 : 0, null);
        try
        {
            if (connection.Scalar("PRAGMA quick_check(1)") is not "ok" and var finding)
            {
                throw Damaged($"{finding}", null);
            }
        }
        catch (SqliteException outOfTime) when (outOfTime.SqliteErrorCode == SQLITE_INTERRUPT)
        {
            // Nothing was found in the time there was.
        }
        finally
        {
            sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }

    private StoreRefusedException Refusal(SqliteException failure) => SqliteFaults.Of(failure) switch
    {
        StoreFault.Damaged => Damaged(failure.Message.TrimEnd('.'), failure),
        { } fault => new StoreRefusedException(SqliteFaults.Unavailable(fault, failure, path).Message, failure),
        null => new StoreRefusedException($"The database '{path}' cannot be used: {failure.Message}", failure),
    };

    private StoreRefusedException Damaged(string finding, Exception? inner) => new(
        $"The database '{path}' is damaged ({finding}). Restore it from a backup; or, to start without its jobs, move "
        + $"it away together with '{path}-wal' and '{path}-shm'.",
        inner);
}
