using System.Net;
using AkkaComfy.Traces;

namespace AkkaComfy.ComfyUI.Tests;

/// <summary>Puts single recorded answers in front of the client.</summary>
internal static class Recorded
{
    /// <summary>A client that gets the answer recorded on this line of a trace.</summary>
    public static ComfyClient Client(string trace, int line) => Client(TraceFile.Read(trace)[line - 1]);

    public static ComfyClient Client(TraceEvent answer) => new StubHandler(_ => StubHandler.Json(
        answer.Body.ValueKind is System.Text.Json.JsonValueKind.String
            ? answer.Body.GetString()!
            : answer.Body.GetRawText(),
        (HttpStatusCode)answer.Status!.Value)).Client();

    /// <summary>The last history that a trace recorded of a prompt.</summary>
    public static async Task<HistoryEntry?> HistoryAsync(string trace, string promptId) => await Client(
            TraceFile.Read(trace).Last(e => e is { Kind: "http", Method: "GET" } && e.Path == $"/history/{promptId}"))
        .GetHistoryAsync(promptId, CancellationToken.None);

    /// <summary>What the client makes of the submission recorded on this line.</summary>
    public static Task<PromptAccepted> SubmitAsync(string trace, int line) => Client(trace, line).SubmitAsync(
        new PromptRequest(new System.Text.Json.Nodes.JsonObject(), "p"), CancellationToken.None);

    public static async Task<ComfyFault> RejectionAsync(string trace, int line) =>
        (await Assert.ThrowsAsync<ComfyException>(() => SubmitAsync(trace, line))).Fault;
}
