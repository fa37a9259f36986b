using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.ComfyUI.Http;

/// <summary>The JSON of a prompt with its files left out, and where in it each belongs.</summary>
internal sealed record PromptEnvelope(ReadOnlyMemory<byte> Json, IReadOnlyList<PromptEnvelope.Gap> Gaps)
{
    /// <summary>A file goes between the quotes that end at this offset.</summary>
    public readonly record struct Gap(int At, PromptFile File);

    /// <exception cref="ArgumentException">A file is for an input that the graph does not have.</exception>
    public static PromptEnvelope Of(PromptRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var gaps = new List<Gap>(request.Files.Count);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("prompt_id", request.PromptId);
            if (request.ClientId is not null)
            {
                writer.WriteString("client_id", request.ClientId);
            }

            WriteExtraData(writer, request.Tag, request.Terms);
            writer.WritePropertyName("prompt");
            WriteGraph(writer, request, gaps);
            writer.WriteEndObject();
        }

        if (gaps.Count != request.Files.Count)
        {
            throw new ArgumentException(
                $"No such input in the graph: {Missing(request.Files, gaps)}.", nameof(request));
        }

        return new PromptEnvelope(buffer.WrittenMemory, gaps);
    }

    /// <summary>Never null: a null extra_data without client_id kills ComfyUI's worker thread.</summary>
    private static void WriteExtraData(Utf8JsonWriter writer, PromptTag? tag, PromptTerms? terms)
    {
        writer.WriteStartObject("extra_data");
        if (tag is not null)
        {
            writer.WriteStartObject("akkacomfy");
            writer.WriteString("job", tag.Job);
            writer.WriteNumber("attempt", tag.Attempt);
            if (tag.Gateway is not null)
            {
                writer.WriteString("gateway", tag.Gateway);
            }

            if (terms is not null)
            {
                WriteTerms(writer, terms);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteTerms(Utf8JsonWriter writer, PromptTerms terms)
    {
        writer.WriteString("version", terms.Version);
        writer.WriteNumber("limit_ms", (long)terms.Limit.TotalMilliseconds);
        writer.WriteStartArray("outputs");
        foreach (var node in terms.Outputs)
        {
            writer.WriteStringValue(node);
        }

        writer.WriteEndArray();
    }

    private static void WriteGraph(Utf8JsonWriter writer, PromptRequest request, List<Gap> gaps)
    {
        writer.WriteStartObject();
        foreach (var (nodeId, node) in request.Graph)
        {
            writer.WritePropertyName(nodeId);
            PromptFile[] files = [.. request.Files.Where(file => file.NodeId == nodeId)];
            if (files.Length > 0 && node is JsonObject members)
            {
                WriteNode(writer, members, files, gaps);
            }
            else
            {
                Write(writer, node);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter writer, JsonObject node, PromptFile[] files, List<Gap> gaps)
    {
        writer.WriteStartObject();
        foreach (var (name, member) in node)
        {
            writer.WritePropertyName(name);
            if (name == "inputs" && member is JsonObject inputs)
            {
                WriteInputs(writer, inputs, files, gaps);
            }
            else
            {
                Write(writer, member);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteInputs(Utf8JsonWriter writer, JsonObject inputs, PromptFile[] files, List<Gap> gaps)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in inputs)
        {
            writer.WritePropertyName(name);
            if (Array.Find(files, file => file.Input == name) is not { } file)
            {
                Write(writer, value);
                continue;
            }

            writer.WriteStringValue("");
            gaps.Add(new Gap((int)(writer.BytesCommitted + writer.BytesPending) - 1, file));
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }

    private static string Missing(IReadOnlyList<PromptFile> files, List<Gap> gaps) => string.Join(
        ", ", files.Except(gaps.Select(gap => gap.File)).Select(file => $"{file.NodeId}.{file.Input}"));
}
