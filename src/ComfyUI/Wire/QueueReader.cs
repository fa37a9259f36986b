using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads the queue, stepping over the graphs in it: they are most of its bytes.</summary>
internal static class QueueReader
{
    /// <exception cref="FormatException">It is no queue: better no answer than a prompt believed lost.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static QueueSnapshot Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Json.ReaderOptions);
        IReadOnlyList<QueueItem>? running = null, pending = null;
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("queue_running"u8))
            {
                running = Items(ref reader);
            }
            else if (reader.ValueTextEquals("queue_pending"u8))
            {
                pending = Items(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (running is null || pending is null)
        {
            throw new FormatException("queue_running or queue_pending is missing");
        }

        return new QueueSnapshot(running, [.. pending.OrderBy(item => item.Number)]);
    }

    private static List<QueueItem> Items(ref Utf8JsonReader reader)
    {
        var items = new List<QueueItem>();
        reader.Read();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(Item(ref reader));
        }

        return items;
    }

    /// <summary>[number, id, prompt, extra_data, output_ids], and what later servers may add.</summary>
    private static QueueItem Item(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        double number = 0;
        string? id = null, clientId = null;
        (PromptTag? Tag, PromptTerms? Terms) ours = default;
        for (var i = 0; reader.Read() && reader.TokenType is not JsonTokenType.EndArray; i++)
        {
            switch (i)
            {
                case 0:
                    number = JsonElement.ParseValue(ref reader).Number() ?? 0;
                    break;
                case 1:
                    id = JsonElement.ParseValue(ref reader).Text();
                    break;
                case 3 when reader.TokenType is JsonTokenType.StartObject:
                    (clientId, ours) = Extra(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new QueueItem(number, id ?? throw new FormatException("a queue item without id"), clientId, ours.Tag)
        {
            Terms = ours.Terms,
        };
    }

    private static (string? ClientId, (PromptTag? Tag, PromptTerms? Terms) Ours) Extra(ref Utf8JsonReader reader)
    {
        string? clientId = null;
        (PromptTag? Tag, PromptTerms? Terms) ours = default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("client_id"u8))
            {
                clientId = Value(ref reader).Text();
            }
            else if (reader.ValueTextEquals("akkacomfy"u8))
            {
                var tag = Value(ref reader);
                ours = (TagReader.Read(tag), TagReader.ReadTerms(tag));
            }
            else
            {
                reader.Skip();
            }
        }

        return (clientId, ours);
    }

    private static JsonElement Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonElement.ParseValue(ref reader);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (reader.TokenType != expected)
        {
            throw new FormatException($"{reader.TokenType} at byte {reader.TokenStartIndex} where {expected} belongs");
        }
    }
}
