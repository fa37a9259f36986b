using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaComfy.Host.Endpoints.Bodies;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>The workflows of a service, as it describes them.</summary>
internal static class WorkflowList
{
    public static async Task<IReadOnlyList<WorkflowBody>> ReadAsync(
        ServiceClient client, CancellationToken cancellationToken) =>
        Of(await client.GetAsync("api/workflows", cancellationToken));

    public static IReadOnlyList<WorkflowBody> Of(JsonElement answer) =>
        Read(answer, BodiesJson.Plain.WorkflowsBody) is { Workflows: { } all } && all.All(IsOne)
            ? all
            : throw CommandException.NoService("it did not answer with workflows");

    public static async Task<WorkflowBody> FindAsync(
        ServiceClient client, string name, CancellationToken cancellationToken) =>
        Read(await client.GetAsync($"api/workflows/{ServiceClient.Escaped(name)}", cancellationToken),
            BodiesJson.Plain.WorkflowBody) is { } workflow && IsOne(workflow)
            ? workflow
            : throw CommandException.NoService("it did not answer with a workflow");

    private static T? Read<T>(JsonElement answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return answer.Deserialize(type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOne(WorkflowBody? workflow) =>
        workflow is { Name: not null, Inputs: not null }
        && workflow.Inputs.Values.All(input => input is { Type: not null });
}
