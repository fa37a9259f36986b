using System.Net;
using AkkaComfy.EndToEnd.Crashes;
using AkkaComfy.EndToEnd.Disks;

namespace AkkaComfy.EndToEnd;

/// <summary>What clients and operators see when the data directory is full, cannot be written, or is damaged.</summary>
public sealed class DiskTests : IDisposable
{
    private const int Misconfigured = 78;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-disks-");

    public void Dispose() => _directory.Delete(recursive: true);

    [SmallDiskFact]
    public async Task A_full_disk_refuses_submissions_and_holds_up_running_jobs_until_there_is_room_again()
    {
        using var disk = new SmallDisk("size=8m");
        await using var service = await MortalService.WithInstancesAsync(nodeMilliseconds: 1000);
        await service.StartAsync(("DATA_DIRECTORY", disk.Path));
        await service.AnsweringAsync();
        var running = await SubmitAsync(service, 1);
        await service.CountedAsync(counts => (int)counts["processing"]! == 1);

        disk.Fill();
        var refused = await SubmitAsync(service, 2);
        while ((await service.LedgerAsync()).Executions is not [{ Outcome: "succeeded" }])
        {
            // Its output is made, and there is no room for it.
        }

        var waiting = await service.CountedAsync(_ => true);
        disk.MakeRoom();
        await service.SettledAsync();
        var accepted = await SubmitAsync(service, 3);
        var counts = await service.SettledAsync();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (running.Status, accepted.Status));
        Assert.Equal((HttpStatusCode.InsufficientStorage, "store_full", true), refused);
        Assert.Equal((0, 1), ((int)waiting["completed"]! + (int)waiting["failed"]!, (int)waiting["processing"]!));
        Assert.Equal((2, 0), ((int)counts["completed"]!, (int)counts["failed"]!));
        var made = await service.Http.GetByteArrayAsync($"/api/jobs/{running.Word}/outputs/0");
        Assert.True(Paintings.IsUpscaled(made, 1));
        Assert.Equal(2, (await service.LedgerAsync()).Executions.Count);
    }

    [SmallDiskFact]
    public async Task A_full_disk_of_logs_stops_nothing_and_is_written_again_once_there_is_room()
    {
        using var disk = new SmallDisk("size=1m");
        await using var service = await MortalService.WithInstancesAsync(nodeMilliseconds: 1);
        await service.StartAsync(("LOG_DIRECTORY", disk.Path));
        await service.AnsweringAsync();

        disk.Fill();
        var meanwhile = await SubmitAsync(service, 1);
        var counts = await service.SettledAsync();
        disk.MakeRoom();
        var after = await SubmitAsync(service, 2);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (meanwhile.Status, after.Status));
        Assert.Equal(1, (int)counts["completed"]!);
        var log = await File.ReadAllTextAsync(Path.Combine(disk.Path, "combined.log"));
        Assert.Contains(after.Word, log, StringComparison.Ordinal);
    }

    [SmallDiskFact]
    public async Task A_log_directory_that_cannot_be_written_is_told_by_name_at_the_start()
    {
        using var disk = new SmallDisk("ro,size=1m");
        await using var service = RunningProgram.Service(new Dictionary<string, string>
        {
            ["PORT"] = "0",
            ["LOG_DIRECTORY"] = disk.Path,
        });

        Assert.Equal(Misconfigured, await service.ExitCodeAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains($"LOG_DIRECTORY={disk.Path}: expected a directory that can be written", service.Output, StringComparison.Ordinal);
    }

    [SmallDiskFact]
    public async Task A_data_directory_that_cannot_be_written_is_told_by_name_at_the_start()
    {
        using var disk = new SmallDisk("ro,size=1m");

        await AssertRefusedAsync(disk.Path, $"DATA_DIRECTORY={disk.Path}", "a directory that can be written");
    }

    [Fact]
    public async Task A_corrupt_database_is_told_by_name_at_the_start()
    {
        var database = Path.Combine(_directory.FullName, "jobs.db");
        await File.WriteAllBytesAsync(database, [.. "SQLite format 3\0"u8, .. new byte[4096]]);

        await AssertRefusedAsync(_directory.FullName, database);
    }

    private static async Task AssertRefusedAsync(string directory, params string[] said)
    {
        await using var service = RunningProgram.Service(new Dictionary<string, string>
        {
            ["PORT"] = "0",
            ["DATA_DIRECTORY"] = directory,
        });

        Assert.Equal(Misconfigured, await service.ExitCodeAsync(TimeSpan.FromMinutes(1)));
        Assert.All(said, words => Assert.Contains(words, service.Output, StringComparison.Ordinal));
    }

    /// <returns>The job's id, or the code of the refusal.</returns>
    private static async Task<(HttpStatusCode Status, string Word, bool TellsWhenToComeBack)> SubmitAsync(
        MortalService service, int number)
    {
        using var form = Paintings.Form(number);
        using var answer = await service.Http.PostAsync("/api/async/upscale-image", form);
        var body = await Fleet.JsonOf(answer);
        return (answer.StatusCode, (string)(body["job_id"] ?? body["code"])!, answer.Headers.RetryAfter is not null);
    }
}
