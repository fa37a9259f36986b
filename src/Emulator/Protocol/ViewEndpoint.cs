using System.Globalization;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;
using Microsoft.Net.Http.Headers;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>/view: files of the three directories, with ranges and entity tags.</summary>
internal sealed class ViewEndpoint(EmulatorFolders folders)
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".gif"] = "image/gif",
        [".txt"] = "text/plain",
        [".json"] = "application/json",
    };

    public void Map(Routes routes) => routes.Get("/view", ViewAsync);

    private Task ViewAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (!query.ContainsKey("filename"))
        {
            return Reply.Empty(http, StatusCodes.Status404NotFound);
        }

        var (name, folder) = folders.Annotated(query["filename"].ToString());
        if (name.Length == 0 || name[0] == '/' || name.Contains("..", StringComparison.Ordinal))
        {
            return Reply.Empty(http, StatusCodes.Status400BadRequest);
        }

        folder ??= folders.Of(query.TryGetValue("type", out var type) ? type.ToString() : "output");
        if (folder is null)
        {
            return Reply.Empty(http, StatusCodes.Status400BadRequest);
        }

        var subfolder = Path.Combine(folder, query["subfolder"].ToString());
        if (!EmulatorFolders.Contains(folder, subfolder))
        {
            return Reply.Empty(http, StatusCodes.Status403Forbidden);
        }

        var file = new FileInfo(Path.Combine(subfolder, Path.GetFileName(name)));
        if (!file.Exists)
        {
            return Reply.Empty(http, StatusCodes.Status404NotFound);
        }

        http.Response.Headers.ContentDisposition = $"filename=\"{file.Name}\"";
        return query["channel"] == "rgb" ? SendWithoutAlphaAsync(http, file) : SendAsync(http, file);
    }

    private static Task SendAsync(HttpContext http, FileInfo file)
    {
        var changed = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
        var nanoseconds = (changed - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{nanoseconds:x}-{file.Length:x}\"");
        return Results.File(
                file.FullName,
                ContentTypes.GetValueOrDefault(file.Extension, "application/octet-stream"),
                lastModified: changed,
                entityTag: new EntityTagHeaderValue(tag),
                enableRangeProcessing: true)
            .ExecuteAsync(http);
    }

    private static async Task SendWithoutAlphaAsync(HttpContext http, FileInfo file)
    {
        var picture = ImageDecoder.Decode(await File.ReadAllBytesAsync(file.FullName, http.RequestAborted));
        var bytes = PngWriter.Write(picture.ToRgb());
        http.Response.ContentType = "image/png";
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
    }
}
