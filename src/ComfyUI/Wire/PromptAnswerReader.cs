using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads what ComfyUI answers to a prompt, accepted or rejected.</summary>
internal static class PromptAnswerReader
{
    /// <exception cref="FormatException">There is no prompt id.</exception>
    public static PromptAccepted Accepted(JsonElement answer) => new(
        answer.Get("prompt_id").Text() ?? throw new FormatException("prompt_id is missing"),
        answer.Get("number").Number() ?? 0,
        NodeErrors(answer.Get("node_errors")));

    public static IReadOnlyList<NodeError> NodeErrors(JsonElement nodeErrors) =>
    [
        .. nodeErrors.Members().SelectMany(node => node.Value.Get("errors").Items().Select(error => new NodeError(
            node.Name,
            node.Value.Get("class_type").Text() ?? "",
            error.Get("type").Text() ?? "",
            FaultClassifier.Bounded(error.Get("message").Text() ?? ""),
            FaultClassifier.Bounded(error.Get("details").Text() ?? ""))
        {
            InputName = error.Get("extra_info").Get("input_name").Text(),
        })),
    ];
}
