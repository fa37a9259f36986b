using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AkkaComfy.Storage;

/// <summary>Single statements, not worth preparing.</summary>
internal static class SqliteCalls
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The value of a pragma that is a number.</summary>
    public static long Pragma(this SqliteConnection connection, string name) =>
        Convert.ToInt64(connection.Scalar($"PRAGMA {name}"), CultureInfo.InvariantCulture);
}
