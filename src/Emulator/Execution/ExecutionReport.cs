using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>What history keeps of one execution.</summary>
internal sealed record ExecutionReport(
    ExecutionOutcome Outcome, JsonArray Messages, JsonObject Outputs, JsonObject Meta)
{
    public ReadOnlyMemory<byte> ToHistory(QueueItem item)
    {
        var completed = Outcome == ExecutionOutcome.Succeeded;
        var status = new JsonObject
        {
            ["status_str"] = completed ? "success" : "error",
            ["completed"] = completed,
            ["messages"] = Messages,
        };
        return Json.Object(
            ("prompt", item.Wire),
            ("outputs", Json.Bytes(Outputs)),
            ("status", Json.Bytes(status)),
            ("meta", Json.Bytes(Meta)));
    }
}
