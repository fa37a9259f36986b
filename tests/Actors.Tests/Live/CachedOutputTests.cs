using AkkaComfy.Core.Jobs;
using AkkaComfy.Emulator;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Live;

/// <summary>ComfyUI answers a repeated prompt from its cache, and does not look whether the file is still there.</summary>
public sealed class CachedOutputTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-cached-");

    [Theory]
    [InlineData("2023-12-31", Tracking.WebSocket)]
    [InlineData("2023-12-31", Tracking.Polling)]
    [InlineData("2024-08-13", Tracking.WebSocket)]
    [InlineData("0.3.64", Tracking.WebSocket)]
    [InlineData("0.3.64", Tracking.Polling)]
    public async Task An_answer_from_the_cache_whose_file_is_gone_is_executed_again(string version, Tracking tracking)
    {
        Assert.True(ComfyVersion.TryParse(version, out var known));
        await using var comfy = await EmulatedComfy.StartAsync(
            new EmulatorOptions { Version = known, Directory = _directory.FullName });
        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with { Tracking = tracking });
        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(await tree.SubmitAsync(0.05, salt: 1))).Phase);
        foreach (var file in _directory.EnumerateFiles("*.png", SearchOption.AllDirectories))
        {
            file.Delete();
        }

        var job = await tree.EndOfAsync(await tree.SubmitAsync(0.05, salt: 1));

        Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
        Assert.Equal("work_00002_.png", Assert.Single(job.Outputs).FileName);
        Assert.Equal(
            [ExecutionOutcome.Succeeded, ExecutionOutcome.Succeeded, ExecutionOutcome.Succeeded],
            comfy.Ledger.Executions.Select(run => run.Outcome));
    }

    [Fact]
    public async Task An_answer_from_the_cache_whose_file_is_there_is_taken()
    {
        await using var comfy = await EmulatedComfy.StartAsync(new EmulatorOptions());
        await using var tree = await LiveTree.StartAsync([comfy]);

        var first = await tree.EndOfAsync(await tree.SubmitAsync(0.05, salt: 1));
        var second = await tree.EndOfAsync(await tree.SubmitAsync(0.05, salt: 1));

        Assert.Equal(first.Outputs[0].FileName, second.Outputs[0].FileName);
        Assert.Equal(2, comfy.Ledger.Executions.Count);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
