using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>/upload/image: keeps a file for LoadImage under its name, or a numbered one where that is taken.</summary>
internal sealed class UploadEndpoint(EmulatorFolders folders, long maxUploadBytes)
{
    public void Map(Routes routes) => routes.Post("/upload/image", UploadAsync);

    private async Task UploadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            await Reply.Empty(http, StatusCodes.Status400BadRequest);
            return;
        }

        var limits = new FormOptions { MultipartBodyLengthLimit = maxUploadBytes };
        var form = await http.Request.ReadFormAsync(limits, http.RequestAborted);
        var type = form.TryGetValue("type", out var named) ? named.ToString() : "input";
        var folder = folders.Of(type) ?? throw new PythonException("UnboundLocalError", $"unknown type {type}");
        if (form.Files.GetFile("image") is not { } image)
        {
            // A part without a file name is no file, and ComfyUI stumbles over it.
            if (form.ContainsKey("image"))
            {
                throw new PythonException("AttributeError", "'bytes' object has no attribute 'file'");
            }

            await Reply.Empty(http, StatusCodes.Status400BadRequest);
            return;
        }

        var subfolder = form["subfolder"].ToString();
        var target = Path.Combine(folder, subfolder);
        if (!EmulatorFolders.Contains(folder, Path.Combine(target, image.FileName)))
        {
            await Reply.Empty(http, StatusCodes.Status400BadRequest);
            return;
        }

        Directory.CreateDirectory(target);
        using var content = new MemoryStream();
        await image.CopyToAsync(content, http.RequestAborted);
        var overwrite = form["overwrite"].ToString() is "true" or "1";
        var name = await StoreAsync(target, image.FileName, content.ToArray(), overwrite, http.RequestAborted);
        await Reply.Json(http, new JsonObject
        {
            ["name"] = name, ["subfolder"] = subfolder, ["type"] = type,
        });
    }

    private static async Task<string> StoreAsync(
        string folder, string wanted, byte[] content, bool overwrite, CancellationToken ct)
    {
        var name = wanted;
        for (var i = 1; !overwrite && File.Exists(Path.Combine(folder, name)); i++)
        {
            var present = await File.ReadAllBytesAsync(Path.Combine(folder, name), ct);
            if (present.AsSpan().SequenceEqual(content))
            {
                return name;
            }

            name = $"{Path.GetFileNameWithoutExtension(wanted)} ({i}){Path.GetExtension(wanted)}";
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, name), content, ct);
        return name;
    }
}
