using AkkaComfy.Host.Settings;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Tests.Settings;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    private string Data => Path.Combine(_root.FullName, "data");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData(JobStoreKind.Sqlite)]
    [InlineData(JobStoreKind.Memory)]
    public async Task A_directory_in_use_is_refused_until_it_is_let_go(JobStoreKind kind)
    {
        await using (DataDirectory.Open(Data, kind))
        {
            Assert.Contains("no other running service", ErrorOf(Data).Expected, StringComparison.Ordinal);
        }

        await DataDirectory.Open(Data, kind).DisposeAsync();
    }

    [Fact]
    public async Task A_directory_gives_its_service_the_same_identity_at_each_start_and_another_one_another()
    {
        string first;
        await using (var data = DataDirectory.Open(Data, JobStoreKind.Memory))
        {
            first = data.Gateway.Id;
        }

        await using var again = DataDirectory.Open(Data, JobStoreKind.Sqlite);
        await using var other = DataDirectory.Open(Path.Combine(_root.FullName, "other"), JobStoreKind.Memory);

        Assert.Equal(32, first.Length);
        Assert.Equal(first, again.Gateway.Id);
        Assert.NotEqual(first, other.Gateway.Id);
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused()
    {
        var file = Path.Combine(_root.FullName, "file");
        File.WriteAllText(file, "");

        Assert.Contains("can be written", ErrorOf(Path.Combine(file, "data")).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_whose_jobs_cannot_be_used_is_refused_and_let_go()
    {
        Directory.CreateDirectory(Data);
        var database = Path.Combine(Data, "jobs.db");
        await File.WriteAllTextAsync(database, string.Concat(Enumerable.Repeat("This is no database. ", 1000)));

        var refused = Assert.Throws<StoreRefusedException>(() => DataDirectory.Open(Data, JobStoreKind.Sqlite));

        Assert.Contains(database, refused.Message, StringComparison.Ordinal);
        await DataDirectory.Open(Data, JobStoreKind.Memory).DisposeAsync();
    }

    [Fact]
    public async Task What_an_earlier_process_left_unfinished_is_gone()
    {
        var unfinished = Path.Combine(Data, "blobs", "unfinished");
        Directory.CreateDirectory(unfinished);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "half"), "ha");

        await using var data = DataDirectory.Open(Data, JobStoreKind.Memory);

        Assert.Empty(Directory.GetFiles(unfinished));
    }

    private static SettingError ErrorOf(string path)
    {
        var error = Assert.Single(Assert.Throws<InvalidSettingsException>(
            () => DataDirectory.Open(path, JobStoreKind.Memory)).Errors);
        Assert.Equal(("DATA_DIRECTORY", path), (error.Key, error.Value));
        return error;
    }
}
