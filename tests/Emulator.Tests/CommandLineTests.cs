using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--port 70000", "--port is '70000', allowed are whole numbers from 0 to 65535")]
    [InlineData("--port x", "--port is 'x'")]
    [InlineData("--node-ms -1", "--node-ms is '-1', allowed are whole numbers from 0 to 3600000")]
    [InlineData("--progress-steps 2.5", "--progress-steps is '2.5'")]
    [InlineData("--comfyui-version 1", "--comfyui-version is '1', allowed are 2023-12-31, 2024-08-13, 0.3.64")]
    [InlineData("--prot 80", "unknown argument '--prot'")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--faults", "--faults needs a value")]
    [InlineData("--faults no-such-file.json", "--faults is 'no-such-file.json': Could not find file")]
    [InlineData("--faults samples/cat.png", "--faults is 'samples/cat.png': the plan is no JSON")]
    public void A_wrong_flag_is_named_with_what_is_allowed(string line, string complaint)
    {
        Assert.False(CommandLine.TryParse(line.Split(' '), out _, out var answer));
        Assert.Contains(complaint, answer, StringComparison.Ordinal);
        Assert.Contains("Usage:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_become_options()
    {
        string[] line = ["--port", "0", "--node-ms", "250", "--progress-steps", "3"];
        Assert.True(CommandLine.TryParse(line, out var options, out _));
        Assert.Equal((0, 250, 3), (options!.Port, (int)options.NodeTime.TotalMilliseconds, options.ProgressSteps));
    }

    [Theory]
    [InlineData("2023-12-31")]
    [InlineData("2024-08-13")]
    [InlineData("0.3.64")]
    public void The_release_to_be_is_chosen_by_its_name(string name)
    {
        Assert.True(CommandLine.TryParse(["--comfyui-version", name], out var options, out _));
        Assert.Equal(name, options!.Version.Name);
    }

    [Fact]
    public void A_fault_plan_is_read_from_its_file()
    {
        string[] line = ["--faults", Path.Combine(AppContext.BaseDirectory, "samples", "faults.json")];
        Assert.True(CommandLine.TryParse(line, out var options, out var answer), answer);
        Assert.Equal(42, options!.Faults.Seed);
        Assert.Equal(6, options.Faults.Rules.Count);
    }

    [Fact]
    public void Help_is_no_error()
    {
        Assert.True(CommandLine.TryParse(["--help"], out var options, out var answer));
        Assert.Null(options);
        Assert.StartsWith("Usage:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_a_program_it_says_what_it_is_and_a_crashing_node_ends_the_process()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var program = typeof(EmulatedComfy).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--port", "0"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            Assert.Contains("emulator, without AI models", line, StringComparison.Ordinal);
            using var http = new HttpClient { BaseAddress = new Uri(line!.Split(' ')[^1]) };
            // Whether the answer is out before the end is left open.
            await Record.ExceptionAsync(() => http.PostAsJsonAsync(
                "/prompt", new JsonObject { ["prompt"] = Prompts.Probe(exitAt: 1) }, limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(1, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
