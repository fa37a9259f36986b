using System.CommandLine;
using System.Text.Json;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Manage;
using AkkaComfy.Host.Commands.Output;
using AkkaComfy.Host.Endpoints.Bodies;

namespace AkkaComfy.Host.Commands.Workflows;

/// <summary>The workflows: those of a running service, and folders on their way to become some.</summary>
internal static class WorkflowCommand
{
    public static Command Create(ServiceOptions service) => new("workflow", "List workflows, begin one, check all")
    {
        new AskCommand(
            service, "list", "List the workflows of a running service and what each takes",
            (_, with) => with.Client.GetAsync("api/workflows", with.Asked),
            Show),
        InitCommand.Create(service),
        CheckCommand.Create(service),
    };

    private static void Show(Screen screen, JsonElement answer)
    {
        var sheet = new Sheet("Workflow", "Title", "Inputs");
        foreach (var workflow in WorkflowList.Of(answer))
        {
            sheet.Add(workflow.Name, workflow.Title, string.Join(", ", workflow.Inputs.Select(Words)));
        }

        screen.Show(sheet);
    }

    private static string Words(KeyValuePair<string, InputBody> input) =>
        $"{input.Key} ({input.Value.Type}{(input.Value.Required ? ", required" : "")})";
}
