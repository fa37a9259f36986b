namespace AkkaComfy.ComfyUI;

/// <summary>A file as the server stored it, which may be under another name than asked for.</summary>
public sealed record UploadedImage(string Name, string Subfolder, string Type)
{
    /// <summary>What a LoadImage node takes as its input.</summary>
    public string Reference => Subfolder.Length > 0 ? $"{Subfolder}/{Name}" : Name;
}

/// <summary>A file to be placed in a server's input folder before the prompt that names it.</summary>
/// <param name="Name">Plain ASCII; best derived from the content: a name taken by other bytes is changed.</param>
public sealed record ImageUpload(
    string Name, string MediaType, long Length, Func<CancellationToken, ValueTask<Stream>> Open)
{
    public string Subfolder { get; init; } = "";
}
