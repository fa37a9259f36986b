using Xunit.Abstractions;

namespace AkkaComfy.Emulator.Tests.Replay;

/// <summary>The emulator answers recorded requests as the recorded server did.</summary>
public sealed class TraceReplayTests(ITestOutputHelper output)
{
    private static readonly EmulatorOptions AsRecorded = new()
    {
        UpscaleModels = ["4x-UltraSharp.pth", "RealESRGAN_x2.pth"],
        NodeTime = TimeSpan.FromMilliseconds(600),
        ProgressSteps = 6,
    };

    /// <summary>One server recorded these in a row: numbers, file names and the cache carry over.</summary>
    [Fact]
    public Task The_first_recorded_session_replays() => ReplayAsync(async (replay, _) =>
    {
        string[] before =
        [
            "01_success_a_emptyimage_scale_save",
            "01b_success_a_with_progress",
            "02_success_b_base64_rembg_save",
            "03_success_c_base64_upscale_save",
            "03b_success_c_upscale_multitile",
        ];
        string[] after =
        [
            "04_cached_rerun",
            "05_two_queued",
            "05b_front_number_order",
            "06_validation_errors",
            "07_execution_error",
            "08_interrupt",
            "09_delete_queued",
            "10_client_prompt_id",
            "11_ws_reconnect_same_clientid",
            "12_two_ws_same_clientid",
            "13_no_client_id_and_foreign_client",
            "20_feature_flags_previews",
        ];
        foreach (var trace in before)
        {
            await replay.RunAsync(trace);
        }

        await replay.SkipNumberAsync();
        foreach (var trace in after)
        {
            await replay.RunAsync(trace);
        }
    });

    /// <summary>The server had been restarted; its output files were still there.</summary>
    [Fact]
    public Task The_recorded_session_about_files_and_history_replays() => ReplayAsync(async (replay, output) =>
    {
        foreach (var file in (string[])["traceA_00006_.png", "work_00037_.png"])
        {
            await File.WriteAllBytesAsync(Path.Combine(output, file), []);
        }

        for (var number = 0; number < 7; number++)
        {
            await replay.SkipNumberAsync();
        }

        await replay.RunAsync("15_upload_view");
        await replay.RunAsync("16_history");
        await replay.RunAsync("24_free");
    });

    [Fact]
    public Task The_recorded_interrupt_of_a_last_node_replays() => ReplayAsync(async (replay, output) =>
    {
        await File.WriteAllBytesAsync(Path.Combine(output, "huge_00001_.png"), []);
        for (var number = 0; number < 517; number++)
        {
            await replay.SkipNumberAsync();
        }

        await replay.RunAsync("08b_interrupt_during_last_node", unsettled: true);
    });

    [Fact]
    public Task The_recorded_session_of_a_server_of_2024_replays() => ReplayAsync(
        (replay, _) => replay.RunAsync("50_old_2024-08-13_all"), OfOld(ComfyVersion.Of20240813));

    [Fact]
    public Task The_recorded_session_of_a_server_of_2023_replays() => ReplayAsync(
        (replay, _) => replay.RunAsync(
            "50_old_2023-12-31_all",
            without: ("success c", "that server could not read the file that stood for a model")),
        OfOld(ComfyVersion.Of20231231));

    private static EmulatorOptions OfOld(ComfyVersion version) => AsRecorded with
    {
        Version = version, NodeTime = TimeSpan.Zero, ProgressSteps = 10,
    };

    private async Task ReplayAsync(Func<TraceReplay, string, Task> play, EmulatorOptions? options = null)
    {
        var clock = new VirtualTime();
        var directory = Directory.CreateTempSubdirectory("emulator-replay-");
        try
        {
            await using var comfy = await EmulatedComfy.StartAsync(
                (options ?? AsRecorded) with { Time = clock, Directory = directory.FullName });
            var files = Path.Combine(directory.FullName, "output");
            await using var replay = new TraceReplay(comfy, clock, files);
            await play(replay, files);
            foreach (var reason in replay.LeftOut)
            {
                output.WriteLine($"left out: {reason}");
            }

            Assert.True(replay.Differences.Count == 0, string.Join("\n\n", replay.Differences));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
