using System.Net.Http.Headers;
using System.Text;
using AkkaComfy.Host.Tests.Uploads;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>A submission that cannot be accepted, and what the service says to it.</summary>
/// <param name="Field">The field named in the problem; null when the request as a whole is refused.</param>
internal sealed record BadInput(
    string Name, Func<HttpContent?> Body, int Status, string Code, string? Field, params string[] Says)
{
    private const int SixtyMegabytes = 60 * 1_048_576;
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    public static IReadOnlyList<BadInput> All { get; } =
    [
        Refused("no file", () => Form().With("note", "x"), "imageFile", "required"),
        Refused("an empty file", () => Photo([]), "imageFile", "is empty"),
        Refused("text renamed to .png", () => Photo(Enumerable.Repeat((byte)'a', 3000)), "imageFile", "not a PNG"),
        Refused("a truncated PNG", () => Photo(Half("cat.png")), "imageFile", "is cut off"),
        Refused("a truncated JPEG", () => Photo(Half("rocket.jpg")), "imageFile", "is cut off"),
        Refused("a 1×200000 image", () => Photo(ImageFiles.Png(1, 200_000)), "imageFile", "1×200000", "1 to 32767"),
        Refused("a 200000×200000 image", () => Photo(ImageFiles.Png(200_000, 200_000)), "imageFile", "200000×200000"),
        Refused("too many pixels", () => Photo(ImageFiles.Png(20_000, 20_000)), "imageFile", "100 megapixels"),
        Refused("a wrong field name", () => Form().With("image", Cat), "image", "imageFile"),
        Refused("an unknown field besides", () => Photo(Cat).With("colour", "red"), "colour", "imageFile"),
        Refused("a repeated field", () => Photo(Cat).With("imageFile", Cat), "imageFile", "more than once"),
        Refused("text in place of the file", () => Form().With("imageFile", "cat.png"), "imageFile", "is not a PNG"),
        new("a 60 MB upload", () => Photo(new byte[SixtyMegabytes]), 413, "payload_too_large", null, "50 MB"),
        new("a 60 MB upload of unstated length", () => Chunked(new byte[SixtyMegabytes]),
            413, "payload_too_large", null, "50 MB"),
        Refused("no body at all", () => null, "imageFile", "required"),
        Refused("an empty JSON object", () => Json("{}"), "imageFile", "required"),
        Refused("JSON null for an image", () => Json("""{"imageFile":null}"""), "imageFile", "required"),
        Refused("JSON with an unknown field", () => Json("""{"colour":{"a":[1]}}"""), "colour", "imageFile"),
        Refused("JSON with a number for an image", () => Json("""{"imageFile":5}"""), "imageFile", "a data URI", "is 5"),
        Refused("JSON with a repeated image",
            () => Json($$"""{"imageFile":"{{Base64}}","imageFile":"{{Base64}}"}"""), "imageFile", "more than once"),
        Refused("JSON with bad base64", () => Json($$"""{"imageFile":"{{Base64[..5001]}}?="}"""),
            "imageFile", "'?' at character 5002"),
        Refused("JSON with base64 cut off", () => Json($$"""{"imageFile":"{{Base64[..5001]}}"}"""),
            "imageFile", "ends after 5001 characters"),
        Refused("JSON with half an image", () => Json($$"""{"imageFile":"{{Base64[..5000]}}"}"""),
            "imageFile", "is cut off"),
        Refused("JSON with a data URI of another kind", () => Json("""{"imageFile":"data:image/png,abcdefgh"}"""),
            "imageFile", "';base64,' is missing"),
        Refused("JSON with a text for an image", () => Json("""{"imageFile":"cats"}"""), "imageFile", "not a PNG"),
        Refused("JSON with an address", () => Json("""{"imageFile":"https://example.com/a.png"}"""),
            "imageFile", "is an address"),
        Refused("a form with an address", () => Form().With("imageFile", "http://example.com/a.png"),
            "imageFile", "is an address"),
        Refused("JSON with an endless address",
            () => Json($$"""{"imageFile":"https://example.com/{{new string('a', 5000)}}"}"""), "imageFile", "4096"),
        new("60 MB of JSON", () => Json($$"""{"imageFile":"{{Convert.ToBase64String(new byte[SixtyMegabytes])}}"}"""),
            413, "payload_too_large", null, "50 MB"),
        MalformedJson("no JSON", "imageFile=x", "an object is expected, at byte 1"),
        MalformedJson("JSON that goes on", """{"imageFile":null} {}""", "something follows the end of the object, at byte 20"),
        MalformedJson("JSON cut off", $$"""{"imageFile":"{{Base64}}""", "ends in the midst"),
        Refused("a URL-encoded form with an image's name", () => Typed("imageFile=x", UrlEncoded), "imageFile", "base64"),
        new("a URL-encoded form of 3 MB", () => Typed($"imageFile={new string('A', 3 * 1_048_576)}", UrlEncoded),
            413, "payload_too_large", null, "multipart/form-data"),
        new("a plain text", () => Typed("hello", "text/plain"), 415, "unsupported_media_type", null,
            "multipart/form-data, application/json or application/x-www-form-urlencoded"),
        new("an image alone", () => Typed("hello", "image/png"), 415, "unsupported_media_type", null, "multipart"),
        Malformed("no boundary", () => Typed("", "multipart/form-data"), "boundary"),
        Malformed("a long boundary", () => Typed("", $"multipart/form-data; boundary={new('b', 500)}"), "1 to 70"),
        Malformed("an empty body", () => Multipart(""), "last boundary"),
        Malformed("a body cut off", () => Multipart($"--b\r\n{Named("imageFile")}\r\n\r\nabc"), "last boundary"),
        Malformed("a part without a name", () => Multipart("--b\r\n\r\nabc\r\n--b--\r\n"), "no name"),
        Malformed("endless headers", () => Multipart($"--b\r\nX: {new('x', 90_000)}\r\n\r\nabc\r\n--b--"), "limit"),
        Malformed("too many headers", () => Multipart($"--b\r\n{Many(50, i => $"X{i}: x")}\r\nabc\r\n--b--"), "limit"),
        Malformed("too many parts", () => Multipart(Many(200, i => $"--b\r\n{Named($"f{i}")}\r\n\r\nx")), "100 parts"),
    ];

    private static string Base64 => Convert.ToBase64String(Cat);

    private static byte[] Cat => RepositoryFiles.Sample("cat.png");

    private static BadInput Refused(string name, Func<HttpContent?> body, string field, params string[] says) =>
        new(name, body, 400, "invalid_input", field, says);

    private static BadInput Malformed(string name, Func<HttpContent> body, params string[] says) =>
        new(name, body, 400, "malformed_multipart", null, says);

    private static BadInput MalformedJson(string name, string body, params string[] says) =>
        new(name, () => Json(body), 400, "malformed_json", null, says);

    private static byte[] Half(string sample) =>
        RepositoryFiles.Sample(sample) is var bytes ? bytes[..(bytes.Length / 2)] : [];

    private static MultipartFormDataContent Form() => [];

    private static MultipartFormDataContent Photo(IEnumerable<byte> bytes) => Form().With("imageFile", [.. bytes]);

    private static MultipartFormDataContent Chunked(byte[] bytes) => new UnmeasuredForm
    {
        { new ByteArrayContent(bytes), "imageFile", "photo.png" },
    };

    private static string Many(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"{line(i)}\r\n"));

    private static string Named(string field) => $"Content-Disposition: form-data; name={field}; filename=a.png";

    private static StringContent Multipart(string body) => Typed(body, "multipart/form-data; boundary=b");

    private static StringContent Json(string body) => Typed(body, "application/json");

    private static StringContent Typed(string body, string type)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
