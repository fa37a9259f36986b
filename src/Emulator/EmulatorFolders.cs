namespace AkkaComfy.Emulator;

/// <summary>The emulator's input, output and temp directories; temporary ones vanish with it.</summary>
internal sealed class EmulatorFolders : IDisposable
{
    private readonly string _root;
    private readonly bool _temporary;

    public EmulatorFolders(string? directory)
    {
        _temporary = directory is null;
        _root = directory is null
            ? Directory.CreateTempSubdirectory("comfyui-emulator-").FullName
            : Path.GetFullPath(directory);
        foreach (var kind in (string[])["input", "output", "temp"])
        {
            Directory.CreateDirectory(Path.Combine(_root, kind));
        }
    }

    public string Input => Path.Combine(_root, "input");

    public string Output => Path.Combine(_root, "output");

    public string Temp => Path.Combine(_root, "temp");

    /// <summary>The directory that ComfyUI calls <paramref name="type"/>, or null for an unknown name.</summary>
    public string? Of(string type) => type switch
    {
        "input" => Input,
        "output" => Output,
        "temp" => Temp,
        _ => null,
    };

    /// <summary>Splits "name [input]" into the name and its directory; null where no directory is named.</summary>
    public (string Name, string? Folder) Annotated(string name)
    {
        foreach (var type in (string[])["input", "output", "temp"])
        {
            if (name.EndsWith($"[{type}]", StringComparison.Ordinal))
            {
                return (name[..^(type.Length + 2)].TrimEnd(' '), Of(type));
            }
        }

        return (name, null);
    }

    /// <summary>
    /// Whether <paramref name="path"/> lies inside <paramref name="folder"/> once its dots are resolved.
    /// </summary>
    public static bool Contains(string folder, string path)
    {
        var full = Path.GetFullPath(path);
        return full == folder || full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (_temporary && Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}
