using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Reads pictures that clients uploaded and writes results under ComfyUI's numbered names.</summary>
internal sealed class ImageFiles(EmulatorFolders folders)
{
    private readonly ConcurrentDictionary<(string Folder, string Name), int> _counters = new();

    /// <summary>The names of what is in the input directory whenever it is looked at.</summary>
    public IReadOnlyList<string> Uploaded { get; } = new FileNames(folders.Input);

    /// <summary>The path of an input file such as "sub/name.png" or "name.png [temp]"; it need not exist.</summary>
    public string PathOf(string name)
    {
        var (plain, folder) = folders.Annotated(name);
        return Path.Combine(folder ?? folders.Input, plain);
    }

    /// <summary>Saves a batch as <c>prefix_00001_.png</c> and on, and returns what clients are told of it.</summary>
    public JsonArray Save(
        ImageBatch images, string prefix, string type, NodeContext context, int level)
    {
        var target = Target(prefix, type);
        var metadata = Metadata(context);
        var saved = new JsonArray();
        for (var i = 0; i < images.Pictures.Count; i++)
        {
            var numbered = target.Name.Replace("%batch_num%", $"{i}", StringComparison.Ordinal);
            saved.Add(Write(target, numbered, PngWriter.Write(images.Pictures[i], metadata, level)));
        }

        return saved;
    }

    /// <summary>Saves a batch as one file of moving pictures.</summary>
    public JsonObject SaveAnimation(
        ImageBatch images, string prefix, TimeSpan delay, NodeContext context, int level)
    {
        var target = Target(prefix, "output");
        return Write(
            target, target.Name, AnimatedPngWriter.Write(images.Pictures, delay, Metadata(context), level));
    }

    private SaveTarget Target(string prefix, string type)
    {
        var root = folders.Of(type)!;
        var normal = Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, prefix)));
        var subfolder = Path.GetDirectoryName(normal) ?? "";
        var folder = Path.Combine(root, subfolder);
        if (!EmulatorFolders.Contains(root, folder))
        {
            throw new PythonException(
                "Exception",
                "**** ERROR: Saving image outside the output folder is not allowed.\n"
                + $" full_output_folder: {folder}\n         output_dir: {root}");
        }

        Directory.CreateDirectory(folder);
        return new SaveTarget(folder, subfolder, Path.GetFileName(normal), type);
    }

    private JsonObject Write(SaveTarget target, string name, byte[] bytes)
    {
        var file = $"{name}_{Next(target.Folder, target.Name):D5}_.png";
        File.WriteAllBytes(Path.Combine(target.Folder, file), bytes);
        return new() { ["filename"] = file, ["subfolder"] = target.Subfolder, ["type"] = target.Type };
    }

    private static List<KeyValuePair<string, string>> Metadata(NodeContext context)
    {
        var entries = new List<KeyValuePair<string, string>> { new("prompt", Json.Text(context.Prompt)) };
        if (context.ExtraData is JsonObject extra && extra["extra_pnginfo"] is JsonObject more)
        {
            entries.AddRange(more.Select(entry => KeyValuePair.Create(entry.Key, Json.Text(entry.Value))));
        }

        return entries;
    }

    private int Next(string folder, string name) => _counters.AddOrUpdate(
        (folder, name), _ => LastOnDisk(folder, name) + 1, (_, last) => last + 1);

    private static int LastOnDisk(string folder, string name) => Directory
        .EnumerateFiles(folder, "*_.png")
        .Select(file => Path.GetFileName(file))
        .Where(file => file.StartsWith(name + "_", StringComparison.Ordinal))
        .Select(file => file[(name.Length + 1)..^"_.png".Length])
        .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
        .DefaultIfEmpty(0)
        .Max();

    private sealed record SaveTarget(string Folder, string Subfolder, string Name, string Type);
}
