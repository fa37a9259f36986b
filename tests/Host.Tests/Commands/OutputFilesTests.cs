using AkkaComfy.Host.Commands.Run;

namespace AkkaComfy.Host.Tests.Commands;

/// <summary>What the files are called that jobs make, and what becomes of those that are there.</summary>
public sealed class OutputFilesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-out-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task What_is_there_stays_and_the_new_file_gets_a_number()
    {
        var outputs = new OutputFiles(_directory.FullName, overwrite: false);

        var files = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SaveAsync(outputs, (byte)i)));

        Assert.Equal(
            ["cat.up-2.png", "cat.up-3.png", "cat.up-4.png", "cat.up.png"],
            files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, 4), files.Select(file => (int)File.ReadAllBytes(file).Single()));
    }

    [Fact]
    public async Task What_is_there_is_replaced_if_that_is_wanted()
    {
        var outputs = new OutputFiles(_directory.FullName, overwrite: true);

        await SaveAsync(outputs, 1);
        var file = await SaveAsync(outputs, 2);

        Assert.Equal([2], await File.ReadAllBytesAsync(file));
        Assert.Single(_directory.GetFiles());
    }

    [Fact]
    public async Task A_download_that_breaks_off_leaves_nothing()
    {
        var outputs = new OutputFiles(Path.Combine(_directory.FullName, "new", "folder"), overwrite: false);

        await Assert.ThrowsAsync<IOException>(() => outputs.SaveAsync(
            "cat", "up", (1, 1), "x.png", "image/png", into =>
            {
                into.WriteByte(1);
                throw new IOException("broken");
            }));

        Assert.Empty(_directory.GetFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Several_outputs_are_numbered_and_a_job_without_a_file_is_named_after_its_workflow()
    {
        var outputs = new OutputFiles(_directory.FullName, overwrite: false);

        var file = await outputs.SaveAsync("", "story", (2, 3), "page.txt", "text/plain", _ => Task.CompletedTask);

        Assert.Equal("story-2.txt", Path.GetFileName(file));
    }

    [Theory]
    [InlineData("a.webp", "image/webp", ".webp")]
    [InlineData("a.p/../../n", "image/png", ".png")]
    [InlineData("noending", "text/plain; charset=utf-8", ".txt")]
    [InlineData("a.much-too-long", "application/x-unknown.thing", ".bin")]
    [InlineData("", "video/mp4", ".mp4")]
    public void The_ending_is_the_server_s_if_it_is_fit(string serverName, string mediaType, string ending) =>
        Assert.Equal(ending, OutputFiles.Ending(serverName, mediaType));

    private static Task<string> SaveAsync(OutputFiles outputs, byte content) => outputs.SaveAsync(
        "cat", "up", (1, 1), "x_00001_.png", "image/png", into => into.WriteAsync(new[] { content }).AsTask());
}
