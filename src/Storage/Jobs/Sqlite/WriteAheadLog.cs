using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace AkkaComfy.Storage;

/// <summary>Keeps the log beside the database from growing without end: readers that overlap never let it start over.</summary>
internal sealed class WriteAheadLog(SqliteConnection connection)
{
    /// <summary>Twice what an ordinary checkpoint leaves behind.</summary>
    public const long MaxBytes = 32 << 20;

    /// <summary>How many commits there are between two looks, so that who reads for long is not asked each time.</summary>
    private const int LookEvery = 64;

    /// <summary>How long readers may take to let go of the log.</summary>
    private const int PatienceMilliseconds = 100;

    private readonly FileInfo _file = new(connection.DataSource + "-wal");
    private int _commits;

    /// <summary>To be called between transactions; empties a log that has grown too long.</summary>
    public void Bound()
    {
        if (++_commits % LookEvery != 0)
        {
            return;
        }

        _file.Refresh();
        if (_file.Exists && _file.Length > MaxBytes)
        {
            Empty();
        }
    }

    private void Empty()
    {
        sqlite3_busy_timeout(connection.Handle, PatienceMilliseconds);
        try
        {
            // While somebody still reads from it, it says so in its row: the next look finds it as long.
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        finally
        {
            sqlite3_busy_timeout(connection.Handle, 0);
        }
    }
}
