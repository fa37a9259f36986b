using System.CommandLine;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Workflows;

/// <summary>Makes a workflow's folder of a graph that ComfyUI exported.</summary>
internal static class InitCommand
{
    public static Command Create(ServiceOptions service)
    {
        var file = new Argument<string>("file") { Description = "The graph, as ComfyUI's \"Export (API)\" wrote it" };
        var name = new Option<string?>("--name") { Description = "The workflow's name; else made of the file's" };
        var force = new Option<bool>("--force") { Description = "Overwrite files that are there already" };
        var offline = new Option<bool>("--offline")
        {
            Description = "Do not ask the instances of the settings for types, ranges and choices",
        };
        var folders = new FolderOptions();
        var command = new Command("init", "Make a workflow's folder of a graph that ComfyUI exported")
        {
            file, name, force, offline,
        };
        folders.AddTo(command);
        service.AddJsonTo(command);
        command.SetAction((parsed, aborted) =>
        {
            var (directory, instances) = folders.Read(parsed, asksInstances: !parsed.GetValue(offline));
            var options = new WorkflowInitOptions(
                parsed.GetRequiredValue(file), parsed.GetValue(name), directory, parsed.GetValue(force), instances);
            return RunAsync(options, service.ScreenFor(parsed), aborted);
        });
        return command;
    }

    private static async Task<int> RunAsync(WorkflowInitOptions options, Screen screen, CancellationToken aborted)
    {
        if (!File.Exists(options.File))
        {
            throw CommandException.Usage($"There is no file '{options.File}'.");
        }

        var report = await WorkflowInit.RunAsync(options, TimeProvider.System, aborted);
        if (screen.IsJson)
        {
            screen.Document(report, WorkflowReportsJson.Default.WorkflowInitReport);
        }

        foreach (var line in report.Lines)
        {
            if (report.Ok)
            {
                screen.Say(line);
            }
            else
            {
                screen.Complain(line);
            }
        }

        return report switch
        {
            { Ok: true } => ExitCodes.Success,
            { Problems.Length: > 0 } => ExitCodes.Configuration,
            _ => ExitCodes.Failure,
        };
    }
}
