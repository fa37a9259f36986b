using AkkaComfy.Core.Jobs;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <summary>Which files a store opens, and what it says of those that it does not.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        await _file.HoldAsync(New());
        _file.Execute("PRAGMA user_version = 1000");

        var refused = Refused();

        Assert.Contains("has schema 1000, written by a newer version", refused, StringComparison.Ordinal);
        Assert.Equal(1000L, _file.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        _file.Execute("CREATE TABLE notes (text)");

        Assert.Contains("belongs to another program", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("This is no database. ", 1000));
        File.WriteAllText(_file.Path, text);

        Assert.Contains("is damaged", Refused(), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_file.Path));
    }

    [Fact]
    public async Task A_database_with_damaged_pages_is_refused_with_what_to_do()
    {
        var rng = new Random(7);
        await using (var store = _file.Open())
        {
            await store.CommitAsync([.. Enumerable.Range(0, 500).Select(_ => New().Submission())], CancellationToken.None);
        }

        var bytes = File.ReadAllBytes(_file.Path);
        rng.NextBytes(bytes.AsSpan(bytes.Length / 2));
        File.WriteAllBytes(_file.Path, bytes);

        var refused = Refused();

        Assert.Contains($"The database '{_file.Path}' is damaged", refused, StringComparison.Ordinal);
        Assert.Contains("Restore it from a backup", refused, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(_file.Path));
    }

    [Fact]
    public void A_path_that_cannot_hold_a_database_is_refused()
    {
        Directory.CreateDirectory(_file.Path);

        Assert.Contains(_file.Path, Refused(), StringComparison.Ordinal);
    }

    [UnprivilegedFact]
    public async Task A_database_that_may_only_be_read_is_refused()
    {
        await _file.HoldAsync(New());
        File.SetAttributes(_file.Path, FileAttributes.ReadOnly);

        Assert.Contains("cannot be written", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_is_flushed_to_the_disk_before_it_returns()
    {
        await using var store = _file.Open();

        Assert.Equal("wal", store.Writer.Connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2, store.Writer.Connection.Pragma("synchronous"));
        Assert.Equal(1, store.Writer.Connection.Pragma("foreign_keys"));
    }

    private string Refused() => Assert.Throws<StoreRefusedException>(() => _file.Open()).Message;
}
