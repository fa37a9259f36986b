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
    public void The_shipped_scripts_apply_once()
    {
        SchemaMigrations.Shipped.Apply(_database);
        SchemaMigrations.Shipped.Apply(_database);

        Assert.Equal(SchemaMigrations.Shipped.Newest, _database.Pragma("user_version"));
        Assert.True(SchemaMigrations.Shipped.Newest > 0);
    }
}
