using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace AkkaComfy.Storage;

/// <summary>Brings a database to the newest schema, one numbered script after the other; <c>user_version</c> says how far it is.</summary>
internal sealed class SchemaMigrations(ImmutableArray<string> scripts)
{
    /// <summary>The scripts in <c>Migrations/</c>, in order of their names: a released one never changes.</summary>
    public static SchemaMigrations Shipped { get; } = new([.. ReadScripts()]);

    public int Newest => scripts.Length;

    /// <exception cref="StoreRefusedException">A newer program wrote the database.</exception>
    public void Apply(SqliteConnection connection)
    {
        var version = connection.Pragma("user_version");
        if (version > Newest)
        {
            throw new StoreRefusedException(
                $"The database '{connection.DataSource}' has schema {version}, written by a newer version of the "
                + $"service; this one knows schemas up to {Newest}. Start the newer version, or use another directory.");
        }

        for (var next = (int)version; next < Newest; next++)
        {
            connection.Execute($"BEGIN IMMEDIATE; {scripts[next]}; PRAGMA user_version = {next + 1}; COMMIT");
        }
    }

    private static IEnumerable<string> ReadScripts()
    {
        var assembly = typeof(SchemaMigrations).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(IsScript).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static bool IsScript(string resource) => resource.EndsWith(".sql", StringComparison.Ordinal);
}
