using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Settings;
using Spectre.Console;

namespace AkkaComfy.Host.Demo;

/// <summary>Shows the whole way: emulated instances, the service, images through every workflow over HTTP.</summary>
internal static class DemoCommand
{
    private const string OutputDirectory = "demo-output";

    private static readonly string[] Samples = ["cat.png", "coffee.png", "rocket.jpg"];

    public static async Task<int> RunAsync(CommandLine.Demo command, TextWriter errors)
    {
        IReadOnlyList<string> images = command.Images.IsEmpty ? SampleImages() : command.Images;
        if (images.FirstOrDefault(image => !File.Exists(image)) is { } missing)
        {
            await errors.WriteLineAsync($"There is no image '{missing}'.");
            return ExitCodes.NoInput;
        }

        var data = Directory.CreateTempSubdirectory("akkacomfy-demo-");
        try
        {
            return await RunAsync(command, images, data.FullName);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(CommandLine.Demo command, IReadOnlyList<string> images, string data)
    {
        var screen = new DemoScreen(AnsiConsole.Console);
        await using var fleet = await EmulatedFleet.StartAsync(command.Emulation, CancellationToken.None);
        var settings = ServiceSettings.From(fleet.Instead(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PORT"] = $"{command.Port ?? 0}",
            ["DATA_DIRECTORY"] = data,
            ["LOG_DIRECTORY"] = Path.Combine(data, "logs"),
            ["LOG_LEVEL"] = "error",
        }));
        await using var service = ServiceHost.Build(settings, WorkflowFolders.Load(settings.WorkflowsDirectory));
        await service.StartAsync();
        var interrupted = service.Lifetime.ApplicationStopping;
        var address = service.Urls.First();
        screen.Say($"Service at {address}, with {command.Emulation.Instances} emulated ComfyUI instances "
            + $"({fleet.Hosts}): they process images for real, but without AI models.");

        Directory.CreateDirectory(OutputDirectory);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var client = new DemoClient(http, OutputDirectory, TimeProvider.System);
        var jobs = DemoPlan.For(images, await client.WorkflowsAsync(interrupted));
        await screen.FollowAsync(jobs, (job, changed) => client.RunAsync(job, changed, interrupted));
        screen.ShowResults(jobs);
        await service.StopAsync(CancellationToken.None);
        return jobs.Count > 0 && jobs.All(job => job.ResultFile is not null) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static List<string> SampleImages() =>
        [.. Samples.Select(sample => Locations.OrShipped(Path.Combine("samples", sample)))];
}
