using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Tests.Settings;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    private string Data => Path.Combine(_root.FullName, "data");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_directory_in_use_is_refused_until_it_is_let_go()
    {
        using (DataDirectory.Open(Data))
        {
            Assert.Contains("no other running service", ErrorOf(Data).Expected, StringComparison.Ordinal);
        }

        DataDirectory.Open(Data).Dispose();
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused()
    {
        var file = Path.Combine(_root.FullName, "file");
        File.WriteAllText(file, "");

        Assert.Contains("can be written", ErrorOf(Path.Combine(file, "data")).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_process_left_behind_is_gone()
    {
        using (var first = DataDirectory.Open(Data))
        {
            await using var writer = first.OpenBlobs().Create();
            await writer.Stream.WriteAsync(new byte[] { 1, 2, 3 });
            using var pin = await writer.CompleteAsync("image/png", CancellationToken.None);
        }

        using var second = DataDirectory.Open(Data);
        second.OpenBlobs();

        Assert.Empty(Directory.GetFiles(Path.Combine(Data, "blobs"), "*", SearchOption.AllDirectories));
    }

    private static SettingError ErrorOf(string path)
    {
        var error = Assert.Single(
            Assert.Throws<InvalidSettingsException>(() => DataDirectory.Open(path)).Errors);
        Assert.Equal(("DATA_DIRECTORY", path), (error.Key, error.Value));
        return error;
    }
}
