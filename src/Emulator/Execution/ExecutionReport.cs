using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>What history keeps of one execution.</summary>
internal sealed record ExecutionReport(
    ExecutionOutcome Outcome, JsonArray Messages, JsonObject Outputs, JsonObject Meta)
{
    public ReadOnlyMemory<byte> ToHistory(QueueItem item, ComfyVersion version)
    {
        var members = new List<(string, ReadOnlyMemory<byte>)>
        {
            ("prompt", item.Wire), ("outputs", Json.Bytes(Outputs)),
        };
        if (version.KeepsStatus)
        {
            members.Add(("status", Json.Bytes(Status())));
        }

        if (version.KeepsMeta)
        {
            members.Add(("meta", Json.Bytes(Meta)));
        }

        return Json.Object(members);
    }

    private JsonObject Status()
    {
        var completed = Outcome == ExecutionOutcome.Succeeded;
        return new JsonObject
        {
            ["status_str"] = completed ? "success" : "error",
            ["completed"] = completed,
            ["messages"] = Messages,
        };
    }
}
