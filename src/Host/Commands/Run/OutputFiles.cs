using System.Globalization;

namespace AkkaComfy.Host.Commands.Run;

/// <summary>Names and writes the files that jobs make; what is there stays, unless it may be replaced.</summary>
internal sealed class OutputFiles(string directory, bool overwrite)
{
    private const int LongestEnding = 8;

    /// <param name="write">Writes the content; what it leaves unfinished is never seen under the name.</param>
    /// <returns>Where it lies.</returns>
    public async Task<string> SaveAsync(
        string stem, string workflow, (int Number, int Count) output, string serverName, string mediaType,
        Func<Stream, Task> write)
    {
        Directory.CreateDirectory(directory);
        var name = Name(stem, workflow, output);
        var ending = Ending(serverName, mediaType);
        var partial = Path.Combine(directory, $".{name}.{Guid.NewGuid():N}.part");
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                await write(file);
            }

            return Place(partial, name, ending);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Two who want one name get two: the move itself decides.</summary>
    private string Place(string partial, string name, string ending)
    {
        for (var number = 1; ; number++)
        {
            var numbered = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var file = Path.Combine(directory, $"{name}{numbered}{ending}");
            try
            {
                File.Move(partial, file, overwrite);
                return file;
            }
            catch (IOException) when (!overwrite && Path.Exists(file))
            {
                // The next number may be free.
            }
        }
    }

    private static string Name(string stem, string workflow, (int Number, int Count) output)
    {
        var name = stem.Length == 0 ? workflow : $"{stem}.{workflow}";
        return output.Count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{output.Number}");
    }

    /// <summary>The ending that ComfyUI chose, if it is fit for a file; else what the media type suggests.</summary>
    public static string Ending(string serverName, string mediaType)
    {
        var chosen = Path.GetExtension(serverName).TrimStart('.');
        if (IsFit(chosen))
        {
            return $".{chosen}";
        }

        var subtype = mediaType.Split(';')[0].Trim().Split('/') switch
        {
            ["text", "plain"] => "txt",
            [_, var found] when IsFit(found) => found,
            _ => "bin",
        };
        return $".{subtype}";
    }

    private static bool IsFit(string ending) =>
        ending.Length is > 0 and <= LongestEnding && ending.All(char.IsAsciiLetterOrDigit);
}
