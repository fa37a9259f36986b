using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>A named ComfyUI graph with typed inputs and outputs.</summary>
public sealed record Workflow(WorkflowName Name);
