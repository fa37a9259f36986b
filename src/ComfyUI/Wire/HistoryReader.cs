using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads how prompts ended, also on servers of 2023, which keep no status.</summary>
internal static class HistoryReader
{
    /// <exception cref="FormatException">It is no history: better no answer than a prompt believed lost.</exception>
    public static IReadOnlyList<HistoryEntry> Read(JsonElement history) =>
        history.ValueKind is JsonValueKind.Object
            ? [.. history.Members().Select(member => Entry(member.Name, member.Value))]
            : throw new FormatException("history is not an object");

    private static HistoryEntry Entry(string promptId, JsonElement entry)
    {
        if (entry.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException($"history of {promptId} is not an object");
        }

        var outputs = OutputReader.OfPrompt(entry.Get("outputs"), entry.Get("meta"));
        var status = entry.Get("status");
        ComfyMessage[] messages = [.. status.Get("messages").Items().Select(Message)];
        var fault = Fault(status, messages, outputs);
        var tag = entry.Get("prompt").At(3).Get("akkacomfy");
        return new HistoryEntry(promptId, Outcome(fault), outputs)
        {
            Fault = fault,
            KeepsNoStatus = status.ValueKind is not JsonValueKind.Object,
            Messages = messages,
            Tag = TagReader.Read(tag),
            Terms = TagReader.ReadTerms(tag),
        };
    }

    private static ComfyMessage Message(JsonElement message) =>
        MessageReader.Read(message.At(0).Text() ?? "", message.At(1));

    private static HistoryOutcome Outcome(ComfyFault? fault) => fault switch
    {
        null => HistoryOutcome.Succeeded,
        { Cause: ComfyCause.Interrupted } => HistoryOutcome.Interrupted,
        _ => HistoryOutcome.Failed,
    };

    private static ComfyFault? Fault(JsonElement status, ComfyMessage[] messages, IReadOnlyList<NodeOutput> outputs)
    {
        if (status.ValueKind is not JsonValueKind.Object)
        {
            return outputs.Count > 0 ? null : FaultClassifier.EndedSilently();
        }

        if (status.Get("status_str").Text() == "success")
        {
            return null;
        }

        return messages.Reverse().Select(FaultOf).OfType<ComfyFault>().FirstOrDefault()
            ?? FaultClassifier.EndedWithout(status.Get("status_str").Text());
    }

    private static ComfyFault? FaultOf(ComfyMessage message) => message switch
    {
        ComfyMessage.ExecutionInterrupted interrupted =>
            FaultClassifier.Interrupted(interrupted.NodeId, interrupted.NodeType),
        ComfyMessage.ExecutionError { Fault: { Terminal: true } fault } => fault,
        _ => null,
    };
}
