using System.Text.Json;
using AkkaComfy.Host.Endpoints.Bodies;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>The workflows of a service, as it describes them.</summary>
internal static class WorkflowList
{
    public static async Task<IReadOnlyList<WorkflowBody>> ReadAsync(
        ServiceClient client, CancellationToken cancellationToken) =>
        Of(await client.GetAsync("api/workflows", cancellationToken));

    public static IReadOnlyList<WorkflowBody> Of(JsonElement answer) =>
        answer.Deserialize(BodiesJson.Plain.WorkflowsBody)!.Workflows;

    public static async Task<WorkflowBody> FindAsync(
        ServiceClient client, string name, CancellationToken cancellationToken) =>
        (await client.GetAsync($"api/workflows/{ServiceClient.Escaped(name)}", cancellationToken))
        .Deserialize(BodiesJson.Plain.WorkflowBody)!;
}
