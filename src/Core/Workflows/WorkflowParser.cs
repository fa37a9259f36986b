using System.Security.Cryptography;
using System.Text;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>Makes a workflow of the two files of its folder.</summary>
public static class WorkflowParser
{
    public const string GraphFile = "workflow.json";

    public const string ManifestFile = "manifest.json";

    private const string Folder = "(folder)";

    /// <param name="manifestJson">Null when there is no manifest: inputs and outputs are then inferred.</param>
    public static WorkflowParsed Parse(WorkflowName name, string workflowJson, string? manifestJson)
    {
        var ofName = new ProblemList(Folder);
        if (WorkflowNames.WhatIsWrongWith(name.Value) is { } reason)
        {
            ofName.Add("", reason);
        }

        var ofGraph = new ProblemList(GraphFile);
        var graph = GraphReader.Read(workflowJson, ofGraph);

        var ofManifest = new ProblemList(ManifestFile);
        var manifest = (graph, manifestJson) switch
        {
            (null, null) => null,
            (_, null) => ManifestInference.Infer(graph, ofGraph, ofManifest),
            _ => new ManifestReader(graph, ofManifest).Read(manifestJson),
        };

        return graph is not null && manifest is not null && ofName.IsEmpty && ofGraph.IsEmpty && ofManifest.IsEmpty
            ? new WorkflowParsed(new Workflow(name, graph, manifest, VersionOf(workflowJson, manifestJson)), [])
            : new WorkflowParsed(null, [.. ofName.All, .. ofGraph.All, .. ofManifest.All]);
    }

    private static string VersionOf(string workflowJson, string? manifestJson)
    {
        // The separator is in no JSON file: moving text from one file to the other makes another version.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{workflowJson}\0{manifestJson}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 8));
    }
}
