using System.Collections.Immutable;
using AkkaComfy.Core.Eligibility;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>A named ComfyUI graph with typed inputs and outputs, immutable; <see cref="WorkflowParser"/> makes it.</summary>
public sealed class Workflow
{
    private readonly PromptGraph _graph;

    internal Workflow(WorkflowName name, PromptGraph graph, WorkflowManifest manifest, string version = "")
    {
        _graph = graph;
        Name = name;
        Version = version;
        Title = manifest.Title ?? name.Value;
        Description = manifest.Description ?? "";
        Inputs = manifest.Inputs;
        Outputs = manifest.Outputs;
        Needs = NeedsReader.Read(graph, manifest);
        Priority = manifest.Priority;
        Timeout = manifest.Timeout;
    }

    /// <summary>Stands for a workflow of which only prompts are left: whatever they make is wanted.</summary>
    public static Workflow Gone(WorkflowName name) => new(name, new PromptGraph("{}", []), new WorkflowManifest());

    internal PromptGraph Graph => _graph;

    public WorkflowName Name { get; }

    /// <summary>Tells one content of its files from another: 16 hexadecimal digits; empty where there are no files.</summary>
    public string Version { get; }

    public string Title { get; }

    public string Description { get; }

    /// <summary>By name, in the manifest's order.</summary>
    public IReadOnlyDictionary<string, InputSpec> Inputs { get; }

    public ImmutableArray<WorkflowOutput> Outputs { get; }

    /// <summary>What an instance must have to run it.</summary>
    public WorkflowNeeds Needs { get; }

    /// <summary>Higher goes first; 0 unless the manifest says otherwise.</summary>
    public int Priority { get; }

    /// <summary>The time that one execution may take; null for the service's own setting.</summary>
    public TimeSpan? Timeout { get; }

    public int NodeCount => _graph.NodeCount;

    /// <returns>Null for a node that is not in the graph.</returns>
    public string? ClassOf(string nodeId) => _graph.ClassOf(nodeId);

    /// <summary>Reads what a client sent; every field that is wrong is told.</summary>
    /// <param name="nextSeed">Asked for each seed that the client leaves open.</param>
    public InputsRead ReadInputs(
        IReadOnlyDictionary<string, string> fields,
        IReadOnlyDictionary<string, InputValue.Image> images,
        Func<ulong> nextSeed) => new InputReader(this, nextSeed).Read(fields, images);

    /// <summary>Whether this version takes what a job was accepted with, perhaps by an earlier one.</summary>
    /// <returns>What it does not take, as a sentence; null when all fits.</returns>
    public string? WhatDoesNotFit(Inputs inputs) => InputFit.WhatIsWrong(Inputs, inputs);

    /// <summary>Puts a job's values into a copy of the graph; what they do not name stays as it was exported.</summary>
    public BoundPrompt Bind(Inputs inputs) => PromptBinder.Bind(_graph, Inputs, inputs);
}
