using System.Text.Json;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Uploads.Json;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Uploads.Prompts;

/// <summary>Reads a graph and the files that its loaders name from a JSON body; it may be one meant for ComfyUI itself.</summary>
internal sealed class PromptUpload(Upload upload, UploadTools tools, IBlobStore blobs, PromptRules rules)
{
    /// <summary>Of the graph as it is written, in bytes: what is larger has images in it, which belong in <c>files</c>.</summary>
    private const int LongestGraph = UploadTools.LongestText;

    private const int LongestFileName = 255;

    private readonly List<string> _files = [];
    private RawPrompt? _prompt;

    public async Task ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var members = new JsonMembers(body);
        await members.OpenAsync(cancellationToken);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (await members.NextAsync(cancellationToken) is { } name)
        {
            if (!seen.Add(name))
            {
                upload.Refuse(name, $"'{name}' is given more than once");
                await members.SkipAsync(cancellationToken);
                continue;
            }

            await ReadAsync(name, members, cancellationToken);
        }

        await members.EndAsync(cancellationToken);
        if (!seen.Contains("prompt"))
        {
            upload.Refuse("prompt", "'prompt' is required: a graph in ComfyUI's API format");
        }

        RefuseUnusedFiles();
    }

    private async Task ReadAsync(string name, JsonMembers members, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "prompt":
                await ReadGraphAsync(members, cancellationToken);
                break;
            case "files":
                await ReadFilesAsync(members, cancellationToken);
                break;
            case "client_id" or "extra_data" or "prompt_id" or "number" or "front":
                // ComfyUI's own: the service has its own client, names and order.
                await members.SkipAsync(cancellationToken);
                break;
            default:
                upload.Refuse(name, $"'{name}' is not known here; known are prompt and files");
                await members.SkipAsync(cancellationToken);
                break;
        }
    }

    private async Task ReadGraphAsync(JsonMembers members, CancellationToken cancellationToken)
    {
        if (await members.ValueAsync(LongestGraph, cancellationToken) is not { } graph)
        {
            upload.Refuse("prompt", $"'prompt' has more than {LongestGraph} bytes; images belong in 'files'");
            return;
        }

        var (prompt, hazards) = RawPrompt.Read(graph);
        foreach (var hazard in hazards)
        {
            upload.Refuse("prompt", $"'prompt' {(hazard.Place.Length == 0 ? "" : $"at {hazard.Place}: ")}{hazard.Reason}");
        }

        if (prompt is null || HasRefusedNodes(prompt))
        {
            return;
        }

        _prompt = prompt;
        upload.Add(prompt.Needs, await StoreAsync(graph, cancellationToken));
    }

    private bool HasRefusedNodes(RawPrompt prompt)
    {
        var refused = rules.Nodes.Count == 0 ? [] : prompt.Classes.Where(node => !rules.Nodes.Contains(node.Value)).ToList();
        foreach (var (id, classType) in refused.Take(GraphHazards.MostTold))
        {
            upload.Refuse("prompt", $"'prompt' at {id}: the node class '{classType}' is not allowed here (RAW_PROMPT_NODES)");
        }

        if (refused.Count > GraphHazards.MostTold)
        {
            upload.Refuse("prompt", $"'prompt' has {refused.Count} nodes that are not allowed here");
        }

        return refused.Count > 0;
    }

    /// <summary>Written in one way, however the client wrote it: the same graph is the same file.</summary>
    private async Task<IBlobWriter> StoreAsync(JsonElement graph, CancellationToken cancellationToken)
    {
        var writer = blobs.Create();
        try
        {
            await using var json = new Utf8JsonWriter(writer.Stream);
            graph.WriteTo(json);
            await json.FlushAsync(cancellationToken);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    private async Task ReadFilesAsync(JsonMembers members, CancellationToken cancellationToken)
    {
        if (await members.KindAsync(cancellationToken) != '{')
        {
            upload.Refuse("files", "'files' must be an object: base64 by the name that a loader of the graph has for it");
            await members.SkipAsync(cancellationToken);
            return;
        }

        await members.OpenAsync(cancellationToken);
        while (await members.NextAsync(cancellationToken) is { } name)
        {
            var field = RawPrompt.FilePrefix + name;
            if (WhatIsWrongWith(name) is { } wrong)
            {
                upload.Refuse(field, $"'{field}' {wrong}");
                await members.SkipAsync(cancellationToken);
            }
            else if (await members.KindAsync(cancellationToken) != '"')
            {
                upload.Refuse(field, $"'{field}' must be a string: base64, a data URI, or an address");
                await members.SkipAsync(cancellationToken);
            }
            else
            {
                _files.Add(name);
                await tools.ReadImageAsync(field, members.Text(), upload, cancellationToken);
            }
        }
    }

    private string? WhatIsWrongWith(string name) => name switch
    {
        { Length: 0 or > LongestFileName } => $"must have a name of 1 to {LongestFileName} characters",
        _ when _files.Contains(name) => "is given more than once",
        _ => null,
    };

    private void RefuseUnusedFiles()
    {
        foreach (var file in _prompt is null ? [] : _files.Where(file => !_prompt.Loads(file)))
        {
            var field = RawPrompt.FilePrefix + file;
            upload.Refuse(field, $"'{field}' is named by no node of the graph that loads an image: {RawPrompt.LoaderNames}");
        }
    }
}
