using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>Workflows as clients see them: pure translations.</summary>
internal static class WorkflowBodies
{
    public static WorkflowsBody Of(IWorkflowCatalog catalog) => new(
        [.. catalog.All.Select(Of)],
        [
            .. catalog.Refused.Select(folder => new RefusedFolderBody(
                folder.Name,
                catalog.TryFind(new WorkflowName(folder.Name), out var served) ? served.Version : null,
                folder.At.UtcDateTime,
                [.. folder.Problems.Select(problem => new WorkflowProblemBody(problem.File, problem.Place, problem.Reason))])),
        ]);

    public static WorkflowBody Of(Workflow workflow) => new(
        workflow.Name.Value, workflow.Title, workflow.Description, workflow.Version, Routes.Submit(workflow.Name),
        workflow.Inputs.ToDictionary(input => input.Key, input => Input(input.Value), StringComparer.Ordinal),
        [.. workflow.Outputs.Select(output => new OutputNodeBody(output.NodeId, output.Name))]);

    private static InputBody Input(InputSpec input) => new(input.TypeName, input.Required)
    {
        Description = input.Description,
        Default = Value(input.Default),
        Minimum = input.Minimum,
        Maximum = input.Maximum,
        MinLength = input.Type is InputType.String ? input.MinLength : null,
        MaxLength = input.Type is InputType.String ? input.MaxLength : null,
        Values = input.Type is InputType.Enum ? [.. input.Values] : null,
    };

    private static object? Value(InputValue? value) => value switch
    {
        InputValue.Text text => text.Value,
        InputValue.Integer whole => whole.Value,
        InputValue.Number number => number.Value,
        InputValue.Flag flag => flag.Value,
        _ => null,
    };
}
