using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>/emulator/ledger: what has really been executed.</summary>
internal sealed class LedgerEndpoint(ExecutionLedger ledger)
{
    public void Map(IEndpointRouteBuilder app) => app.MapMethods(
        FaultEndpoints.Root + "/ledger",
        ["GET", "HEAD"],
        http => Reply.Json(http, new JsonObject
        {
            ["executions"] = new JsonArray([.. ledger.Executions.Select(ToJson)]),
        }));

    private static JsonNode ToJson(ExecutionRecord execution) => new JsonObject
    {
        ["prompt_id"] = execution.PromptId,
        ["tag"] = execution.Tag is null ? null : JsonNode.Parse(execution.Tag),
        ["outcome"] = execution.Outcome.ToString().ToLowerInvariant(),
        ["started"] = execution.Started.ToString("O"),
        ["ended"] = execution.Ended?.ToString("O"),
        ["start_clock_ms"] = execution.StartClock.TotalMilliseconds,
        ["end_clock_ms"] = execution.EndClock?.TotalMilliseconds,
    };
}
