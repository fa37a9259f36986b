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
        new("a JSON body", () => Typed("{}", "application/json"), 415, "unsupported_media_type", null, "multipart"),
        new("a URL-encoded form", () => Typed("imageFile=x", "application/x-www-form-urlencoded"),
            415, "unsupported_media_type", null, "multipart"),
        new("no body at all", () => null, 415, "unsupported_media_type", null, "multipart"),
        Malformed("no boundary", () => Typed("", "multipart/form-data"), "boundary"),
        Malformed("a long boundary", () => Typed("", $"multipart/form-data; boundary={new('b', 500)}"), "1 to 70"),
        Malformed("an empty body", () => Multipart(""), "last boundary"),
        Malformed("a body cut off", () => Multipart($"--b\r\n{Named("imageFile")}\r\n\r\nabc"), "last boundary"),
        Malformed("a part without a name", () => Multipart("--b\r\n\r\nabc\r\n--b--\r\n"), "no name"),
        Malformed("endless headers", () => Multipart($"--b\r\nX: {new('x', 90_000)}\r\n\r\nabc\r\n--b--"), "limit"),
        Malformed("too many headers", () => Multipart($"--b\r\n{Many(50, i => $"X{i}: x")}\r\nabc\r\n--b--"), "limit"),
        Malformed("too many parts", () => Multipart(Many(200, i => $"--b\r\n{Named($"f{i}")}\r\n\r\nx")), "100 parts"),
    ];

    private static byte[] Cat => RepositoryFiles.Sample("cat.png");

    private static BadInput Refused(string name, Func<HttpContent> body, string field, params string[] says) =>
        new(name, body, 400, "invalid_input", field, says);

    private static BadInput Malformed(string name, Func<HttpContent> body, params string[] says) =>
        new(name, body, 400, "malformed_multipart", null, says);

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

    private static StringContent Typed(string body, string type)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
