using System.Collections;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>The names of the files in a directory, read anew each time.</summary>
internal sealed class FileNames(string folder) : IReadOnlyList<string>
{
    public int Count => Read().Length;

    public string this[int index] => Read()[index];

    public IEnumerator<string> GetEnumerator() => Read().AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string[] Read() =>
        [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
