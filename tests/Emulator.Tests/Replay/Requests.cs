using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;
using AkkaComfy.Traces;

namespace AkkaComfy.Emulator.Tests.Replay;

/// <summary>Makes recorded requests anew; bodies that were recorded only by their size are made up in kind.</summary>
internal sealed class Requests(Names names)
{
    private const string Boundary = "----replay";

    /// <summary>Of the socket opened last.</summary>
    public string? ClientId { get; set; }

    public HttpRequestMessage Of(TraceEvent recorded, string? ifNoneMatch)
    {
        var request = new HttpRequestMessage(new HttpMethod(recorded.Method), names.ToActual(recorded.Path));
        if (Body(recorded) is { } body)
        {
            request.Content = new ByteArrayContent(body);
        }

        if (recorded.Member("request_headers") is not { ValueKind: JsonValueKind.Object } headers)
        {
            return request;
        }

        foreach (var header in headers.EnumerateObject())
        {
            var value = header.Name switch
            {
                "If-None-Match" => ifNoneMatch ?? throw new InvalidOperationException("no ETag was seen"),
                "Content-Type" when header.Value.GetString()!.StartsWith("multipart/", StringComparison.Ordinal) =>
                    $"multipart/form-data; boundary={Boundary}",
                _ => header.Value.GetString()!,
            };
            if (header.Name == "Content-Type")
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header.Name, value);
            }
        }

        return request;
    }

    private byte[]? Body(TraceEvent recorded)
    {
        if (recorded.RequestBody is { ValueKind: JsonValueKind.Object } body)
        {
            var text = body.TryGetProperty("__big__", out _) ? BigPrompt().ToJsonString() : body.GetRawText();
            return Encoding.UTF8.GetBytes(names.ToActual(text));
        }

        if (recorded.Member("request_raw") is { ValueKind: JsonValueKind.Object } raw)
        {
            return Raw(raw);
        }

        return recorded.Member("request_form") is { ValueKind: JsonValueKind.Array } form ? Form(form) : null;
    }

    /// <summary>Long bodies were cut in the recording; the one that was is the usual small prompt.</summary>
    private static byte[] Raw(JsonElement raw)
    {
        const string tail = "\": \"bilinear\", \"width\": 64, \"height\": 64, \"crop\": \"disabled\"}}, "
            + "\"3\": {\"class_type\": \"SaveImage\", "
            + "\"inputs\": {\"images\": [\"2\", 0], \"filename_prefix\": \"traceA\"}}}}";
        var (head, size) = (raw.GetProperty("head").GetString()!, raw.GetProperty("size").GetInt32());
        var text = head.Length == size ? head : head + tail;
        Assert.Equal(size, text.Length);
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Stands for the one prompt too large to record: a picture that takes long to save.</summary>
    private JsonObject BigPrompt() => new()
    {
        ["client_id"] = ClientId,
        ["prompt"] = JsonNode.Parse("""
            {
              "1": {
                "class_type": "EmptyImage",
                "inputs": {"width": 500, "height": 500, "batch_size": 1, "color": 1193046}
              },
              "2": {
                "class_type": "ImageScale",
                "inputs": {
                  "image": ["1", 0], "upscale_method": "nearest-exact",
                  "width": 3000, "height": 3000, "crop": "disabled"
                }
              },
              "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0], "filename_prefix": "huge"}}
            }
            """),
    };

    private static byte[] Form(JsonElement parts)
    {
        using var body = new MemoryStream();
        foreach (var part in parts.EnumerateArray())
        {
            var file = part.GetProperty("filename").GetString();
            var name = part.GetProperty("name").GetString();
            Write(body, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
            if (file is not null)
            {
                Write(body, $"; filename=\"{file}\"");
            }

            if (part.GetProperty("content_type").GetString() is { } type)
            {
                Write(body, $"\r\nContent-Type: {type}");
            }

            Write(body, "\r\n\r\n");
            body.Write(part.GetProperty("value").GetString() is { } value
                ? Encoding.UTF8.GetBytes(value)
                : Upload(part.GetProperty("size").GetInt32()));
            Write(body, "\r\n");
        }

        Write(body, $"--{Boundary}--\r\n");
        return body.ToArray();
    }

    /// <summary>Equal sizes, equal bytes; the smallest recorded upload was no picture.</summary>
    private static byte[] Upload(int size) => size < 100
        ? Encoding.ASCII.GetBytes(new string('x', size))
        : PngWriter.Write(PictureOperations.Solid(40, 30, size * 1000));

    private static void Write(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
