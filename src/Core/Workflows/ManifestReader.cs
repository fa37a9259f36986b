using System.Collections.Immutable;
using System.Text.Json;
using AkkaComfy.Core.Eligibility;

namespace AkkaComfy.Core.Workflows;

/// <summary>Reads a manifest and checks it against its graph; an unreadable graph is passed as null.</summary>
internal sealed class ManifestReader(PromptGraph? graph, ProblemList problems)
{
    private const int MaxTimeoutMs = 86_400_000;

    /// <returns>Null when the file is no JSON object; otherwise what could be read, whatever else is wrong.</returns>
    public WorkflowManifest? Read(string json)
    {
        if (problems.ParseObject(json) is not { } root)
        {
            return null;
        }

        var at = new JsonPlace(root, "", problems);
        at.AllowKeys("title", "description", "inputs", "outputs", "requires", "priority", "timeout_ms");
        var requires = at.Object("requires");
        requires?.AllowKeys("models", "tags");
        return new WorkflowManifest
        {
            Title = at.String("title"),
            Description = at.String("description"),
            Inputs = ReadInputs(at),
            Outputs = ReadOutputs(at),
            Models = [.. requires?.Strings("models") ?? []],
            Tags = [.. ReadTags(requires?.List("tags") ?? [])],
            Priority = (int)(at.Integer("priority", -1000, 1000) ?? 0),
            Timeout = at.Integer("timeout_ms", 1, MaxTimeoutMs) is { } milliseconds
                ? TimeSpan.FromMilliseconds((double)milliseconds)
                : null,
        };
    }

    private OrderedDictionary<string, InputSpec> ReadInputs(JsonPlace manifest)
    {
        var specs = new OrderedDictionary<string, InputSpec>(StringComparer.Ordinal);
        var reader = new InputSpecReader(graph);
        foreach (var (name, input) in manifest.Objects("inputs"))
        {
            if (reader.Read(name, input) is { } spec)
            {
                specs.Add(name, spec);
            }
        }

        return specs;
    }

    private ImmutableArray<WorkflowOutput> ReadOutputs(JsonPlace manifest)
    {
        if (!manifest.Has("outputs"))
        {
            return graph is null ? [] : ManifestInference.OutputsOf(graph);
        }

        var outputs = ImmutableArray.CreateBuilder<WorkflowOutput>();
        foreach (var output in manifest.List("outputs").Select(item => item.AsObject()).OfType<JsonPlace>())
        {
            output.AllowKeys("node", "name");
            var name = output.String("name");
            if (name is not null && outputs.Any(other => other.Name == name))
            {
                output.Problem("name", $"'{name}' is the name of another output already");
            }

            if (output.String("node", required: true) is not { } node)
            {
                continue;
            }

            if (graph is not null && graph.Find(node) is null)
            {
                output.Problem("node", $"there is no node '{node}' in {WorkflowParser.GraphFile}");
            }

            outputs.Add(new WorkflowOutput(node, name));
        }

        if (manifest.Get("outputs") is { Value: { ValueKind: JsonValueKind.Array } list } && list.GetArrayLength() == 0)
        {
            manifest.Problem("outputs", "names no node; leave it out to have the outputs inferred");
        }

        return outputs.ToImmutable();
    }

    private static IEnumerable<string> ReadTags(IEnumerable<JsonPlace> list)
    {
        foreach (var place in list)
        {
            if (place.AsString() is not { } tag)
            {
                continue;
            }

            if (!TagNames.IsGood(tag))
            {
                place.Problem($"{JsonWords.Quote(tag)} is no tag; use {TagNames.Rule}");
            }

            yield return tag;
        }
    }
}
