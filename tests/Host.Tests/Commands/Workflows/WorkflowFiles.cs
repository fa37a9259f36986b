using System.Collections.Immutable;
using AkkaComfy.ComfyUI;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Demo;

namespace AkkaComfy.Host.Tests.Commands.Workflows;

/// <summary>A directory of workflows to write and check, and an emulated instance to ask.</summary>
internal sealed class WorkflowFiles : IDisposable
{
    public const string Scale = """
        {
          "1": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "" } },
          "2": { "class_type": "ImageScale", "inputs": {
            "image": ["1", 0], "upscale_method": "lanczos", "width": 512, "height": 0, "crop": "disabled" } },
          "3": { "class_type": "SaveImage", "inputs": { "images": ["2", 0], "filename_prefix": "x" } }
        }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("akkacomfy-folders-");

    public string Root => _root.FullName;

    public string Folders => Path.Combine(Root, "workflows");

    public static Task<EmulatedFleet> StartInstanceAsync() =>
        EmulatedFleet.StartAsync(new Emulation(1, TimeSpan.Zero, 1), CancellationToken.None);

    public static ImmutableArray<ComfyEndpoint> Of(EmulatedFleet fleet) => [ComfyEndpoint.Parse(fleet.Hosts)];

    /// <summary>One that nothing listens at.</summary>
    public static ComfyEndpoint Nobody { get; } = ComfyEndpoint.Parse("127.0.0.1:1");

    public string Write(string relative, string text)
    {
        var path = Path.Combine(Root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
