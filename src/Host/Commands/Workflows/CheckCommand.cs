using System.CommandLine;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Workflows;

/// <summary>Checks folders of workflows: as they are, and against instances that run.</summary>
internal static class CheckCommand
{
    public static Command Create(ServiceOptions service)
    {
        var folders = new FolderOptions();
        var live = new Option<bool>("--live")
        {
            Description = "Ask the instances of the settings, too, whether they have the nodes and models",
        };
        var command = new Command("check", "Check every workflow's folder; with --live against instances, too")
        {
            live,
        };
        folders.AddTo(command);
        service.AddJsonTo(command);
        command.SetAction((parsed, aborted) =>
        {
            var (directory, instances) = folders.Read(parsed, asksInstances: parsed.GetValue(live));
            return RunAsync(new WorkflowCheckOptions(directory, instances), service.ScreenFor(parsed), aborted);
        });
        return command;
    }

    private static async Task<int> RunAsync(WorkflowCheckOptions options, Screen screen, CancellationToken aborted)
    {
        WorkflowCheckReport report;
        try
        {
            report = await WorkflowCheck.RunAsync(options, TimeProvider.System, aborted);
        }
        catch (CommandException failed) when (screen.IsJson)
        {
            screen.Document(new FailureReport(failed.Code, failed.Message), CommandJson.Plain.FailureReport);
            throw;
        }

        if (screen.IsJson)
        {
            screen.Document(report, WorkflowReportsJson.Default.WorkflowCheckReport);
        }

        foreach (var line in report.Lines)
        {
            screen.Say(line);
        }

        return report.Ok ? ExitCodes.Success : ExitCodes.Configuration;
    }
}
