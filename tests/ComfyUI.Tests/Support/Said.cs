namespace AkkaComfy.ComfyUI.Tests;

/// <summary>Messages in short, so that a whole conversation reads as a list.</summary>
internal static class Said
{
    public static string[] InShort(IEnumerable<ComfyMessage> messages) => [.. messages.Select(InShort)];

    public static string InShort(ComfyMessage message) => message switch
    {
        ComfyMessage.Status m => $"status {m.QueueRemaining}{(m.Sid is null ? "" : " sid")}",
        ComfyMessage.FeatureFlags => "features",
        ComfyMessage.ExecutionStart => "start",
        ComfyMessage.ExecutionCached m => $"cached [{string.Join(' ', m.Nodes)}]",
        ComfyMessage.Executing { NodeId: null } => "left",
        ComfyMessage.Executing m => $"executing {m.NodeId}",
        ComfyMessage.Executed m => $"executed {m.NodeId}: {string.Join(' ', m.Outputs.Select(o => o.Kind))}",
        ComfyMessage.Progress m => $"progress {m.Value}/{m.Max}",
        ComfyMessage.ProgressState m => $"state {string.Join(' ', m.Nodes.Select(n => $"{n.NodeId}={n.State}"))}",
        ComfyMessage.ExecutionSuccess => "success",
        ComfyMessage.ExecutionError m => $"error {m.Fault.Cause} at {m.Fault.NodeId}",
        ComfyMessage.ExecutionInterrupted m => $"interrupted at {m.NodeId}",
        ComfyMessage.Preview => "preview",
        _ => message.ToString(),
    };
}
