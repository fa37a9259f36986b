using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace AkkaComfy.Storage;

/// <summary>Says in our own words what SQLite's result codes mean.</summary>
internal static class SqliteFaults
{
    private const int PrimaryCode = 0xFF;

    /// <returns>Null when the failure is a bug in the service rather than a fault of the store.</returns>
    public static StoreFault? Of(SqliteException failure) => (failure.SqliteErrorCode & PrimaryCode) switch
    {
        SQLITE_FULL => StoreFault.Full,
        SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH => StoreFault.ReadOnly,
        SQLITE_IOERR or SQLITE_CANTOPEN or SQLITE_NOLFS or SQLITE_PROTOCOL => StoreFault.InputOutput,
        SQLITE_BUSY or SQLITE_LOCKED => StoreFault.Busy,
        SQLITE_CORRUPT or SQLITE_NOTADB or SQLITE_FORMAT => StoreFault.Damaged,
        _ => null,
    };

    public static StoreUnavailableException Unavailable(StoreFault fault, SqliteException failure, string path) =>
        new(fault, $"The database '{path}' {Predicate(fault)}: {failure.Message}", failure);

    private static string Predicate(StoreFault fault) => fault switch
    {
        StoreFault.Full => "has no space left",
        StoreFault.ReadOnly => "cannot be written",
        StoreFault.InputOutput => "cannot be reached",
        StoreFault.Busy => "is locked by another program",
        StoreFault.Damaged => "is damaged",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "a fault without a name"),
    };
}
