using System.CommandLine;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;
using AkkaComfy.Host.Commands.Run;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Demo;

/// <summary>Shows the whole way: emulated instances, the service, images through every workflow over HTTP.</summary>
internal static class DemoCommand
{
    private const int Instances = 2;
    private const string OutputDirectory = "demo-output";

    private static readonly string[] Samples = ["cat.png", "coffee.png", "rocket.jpg"];

    public static Command Create(ServiceOptions service)
    {
        var images = new Argument<string[]>("image")
        {
            Arity = ArgumentArity.ZeroOrMore, Description = "Images to send; without any, the samples",
        };
        var port = new IntegerOption("--port", 0, 65535, "Listen at this port; 0, the default, takes a free one");
        var pace = new PaceOptions();
        var command = new Command("demo", $"Send images through every workflow, on {Instances} emulated instances")
        {
            images, port,
        };
        pace.AddTo(command);
        service.AddJsonTo(command);
        command.SetAction((parsed, _) => RunAsync(
            new DemoRequest(parsed.GetValue(images) ?? [], parsed.GetValue(port) ?? 0, pace.Read(parsed, Instances)),
            service.ScreenFor(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(DemoRequest request, Screen screen)
    {
        var images = request.Images.Count == 0 ? SampleImages() : request.Images;
        if (images.FirstOrDefault(image => !File.Exists(image)) is { } missing)
        {
            throw CommandException.Usage($"There is no image '{missing}'.");
        }

        var data = Directory.CreateTempSubdirectory("akkacomfy-demo-");
        try
        {
            return await RunAsync(request with { Images = images }, data.FullName, screen);
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

    private static async Task<int> RunAsync(DemoRequest request, string data, Screen screen)
    {
        await using var fleet = await EmulatedFleet.StartAsync(request.Emulation, CancellationToken.None);
        var settings = ServiceSettings.From(fleet.Instead(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PORT"] = $"{request.Port}",
            ["DATA_DIRECTORY"] = data,
            ["LOG_DIRECTORY"] = Path.Combine(data, "logs"),
            ["LOG_LEVEL"] = "error",
        }));
        await using var service = ServiceHost.Build(settings, WorkflowFolders.Load(settings.WorkflowsDirectory));
        await service.StartAsync();
        using var interruption = new Interruption(service.Lifetime.ApplicationStopping);
        var address = service.Urls.First();
        screen.Say($"Service at {address}, with {Instances} emulated ComfyUI instances "
            + $"({fleet.Hosts}): they process images for real, but without AI models.");

        using var client = new ServiceClient(ServiceAddress.Of(new Uri(address)), TimeProvider.System);
        var items = RunPlan.ForAll(await WorkflowList.ReadAsync(client, interruption.Asked), request.Images);
        var runner = new JobRunner(
            client, new OutputFiles(OutputDirectory, overwrite: true), Patience.None, interruption,
            TimeProvider.System);
        var shown = new RunScreen(screen);
        await shown.FollowAsync(items, atOnce: items.Count, runner.RunAsync);
        shown.ShowResults(items);
        await service.StopAsync(CancellationToken.None);
        return items.Count > 0 ? RunScreen.ExitCodeOf(items) : ExitCodes.Failure;
    }

    private static List<string> SampleImages() =>
        [.. Samples.Select(sample => Locations.OrShipped(Path.Combine("samples", sample)))];

    private sealed record DemoRequest(IReadOnlyList<string> Images, int Port, Emulation Emulation);
}
