using Microsoft.Data.Sqlite;

namespace AkkaComfy.Storage.Tests;

public sealed class SchemaMigrationsTests : IDisposable
{
    private readonly SqliteConnection _database = new("Data Source=:memory:");

    public SchemaMigrationsTests() => _database.Open();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void An_old_database_goes_through_the_scripts_it_has_not_seen_in_order()
    {
        var (first, second, third) = (
            "CREATE TABLE jobs (id INTEGER)",
            "ALTER TABLE jobs ADD COLUMN place INTEGER; UPDATE jobs SET place = 7",
            "ALTER TABLE jobs RENAME COLUMN place TO position");
        new SchemaMigrations([first]).Apply(_database);
        _database.Execute("INSERT INTO jobs VALUES (1)");

        new SchemaMigrations([first, second, third]).Apply(_database);

        Assert.Equal(7L, _database.Scalar("SELECT position FROM jobs WHERE id = 1"));
        Assert.Equal(3, _database.Pragma("user_version"));
    }

    [Fact]
    public void A_script_that_fails_changes_nothing()
    {
        var failing = new SchemaMigrations(["CREATE TABLE jobs (id INTEGER)", "CREATE TABLE more (id); SELECT no_such()"]);

        Assert.Throws<SqliteException>(() => failing.Apply(_database));

        _database.Execute("ROLLBACK");
        Assert.Equal(1, _database.Pragma("user_version"));
        Assert.Null(_database.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'more'"));
    }

    [Fact]
    public void Jobs_that_waited_before_there_were_queues_stand_in_that_of_their_workflow()
    {
        new SchemaMigrations([Script("001-jobs.sql")]).Apply(_database);
        _database.Execute("""
            INSERT INTO jobs (id, workflow, priority, phase, instance, version, created_at, pending_since, body)
            VALUES (randomblob(16), 'upscale-image', 0, 'pending', '', 1, 1, 1, '{"format":1}')
            """);

        SchemaMigrations.Shipped.Apply(_database);

        Assert.Equal("upscale-image", _database.Scalar("SELECT queue FROM jobs WHERE phase = 'pending'"));
    }

    private static string Script(string name)
    {
        var assembly = typeof(SchemaMigrations).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(found => found.EndsWith(name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [Fact]
    public void The_shipped_scripts_apply_once()
    {
        SchemaMigrations.Shipped.Apply(_database);
        SchemaMigrations.Shipped.Apply(_database);

        Assert.Equal(SchemaMigrations.Shipped.Newest, _database.Pragma("user_version"));
        Assert.True(SchemaMigrations.Shipped.Newest > 0);
    }
}
