using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>The addresses that answers name.</summary>
internal static class Routes
{
    public static string Status(JobId id) => $"/api/jobs/{id}/status";

    public static string Events(JobId id) => $"/api/jobs/{id}/events";

    public static string Result(JobId id) => $"/api/jobs/{id}/result";

    public static string Output(JobId id, int index) => $"/api/jobs/{id}/outputs/{index}";

    public static string Workflow(WorkflowName name) => $"/api/workflows/{name}";

    public static string Submit(WorkflowName name) => $"/api/{name}";
}
