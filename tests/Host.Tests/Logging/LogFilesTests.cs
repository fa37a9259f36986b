using AkkaComfy.Host.Logging;
using AkkaComfy.Host.Settings;
using Serilog.Events;

namespace AkkaComfy.Host.Tests.Logging;

public sealed class LogFilesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-test-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_files_of_each_kind_grow_and_multiply_only_so_far()
    {
        var files = new LogFiles(_directory.FullName, MaxMegabytes: 1, MaxFiles: 3);
        using (var levels = new LogLevels(LogEventLevel.Error, TimeProvider.System))
        using (var log = ServiceLog.Create(levels, files))
        {
            for (var line = 0; line < 700; line++)
            {
                log.ForContext("Filler", new string(' ', 10_000)).Error("{Line}", line);
            }
        }

        foreach (var kind in new[] { "combined", "error" })
        {
            var written = _directory.GetFiles($"{kind}*.log");
            Assert.Equal(3, written.Length);
            Assert.All(written, file => Assert.InRange(file.Length, 1, files.MaxBytes + 20_000));
            var newest = written.MaxBy(file => file.Name, StringComparer.Ordinal)!;
            Assert.Equal(699, LogLines.Read(newest.FullName)[^1].GetProperty("line").GetInt32());
        }
    }

    [Fact]
    public void Errors_are_in_both_files_and_the_rest_in_one()
    {
        using (var levels = new LogLevels(LogEventLevel.Error, TimeProvider.System))
        using (var log = ServiceLog.Create(levels, new LogFiles(_directory.FullName, 1, 1)))
        {
            levels.Set(null, LogEventLevel.Debug, null);
            log.Debug("one");
            levels.Set(null, null, null);
            log.Information("two");
            log.Error("three");
        }

        Assert.Equal(["one", "three"], Messages("combined.log"));
        Assert.Equal(["three"], Messages("error.log"));
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_refused_by_name()
    {
        var path = Path.Combine(_directory.FullName, "taken");
        File.WriteAllText(path, "");

        var refused = Assert.Throws<InvalidSettingsException>(() => new LogFiles(path, 1, 1).Prepare());

        var error = Assert.Single(refused.Errors);
        Assert.Equal(("LOG_DIRECTORY", path), (error.Key, error.Value));
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_made_and_left_empty()
    {
        var path = Path.Combine(_directory.FullName, "new", "logs");

        new LogFiles(path, 1, 1).Prepare();

        Assert.Empty(Directory.GetFileSystemEntries(path));
    }

    private IEnumerable<string?> Messages(string file) =>
        LogLines.Read(Path.Combine(_directory.FullName, file)).Select(line => line.GetProperty("message").GetString());
}
