namespace AkkaComfy.Host.Commands.Output;

/// <summary>Rows and columns to show: a table on a terminal, aligned words elsewhere.</summary>
internal sealed class Sheet(params IReadOnlyList<string> headings)
{
    private const string Nothing = "-";

    private readonly List<IReadOnlyList<string>> _rows = [];

    public IReadOnlyList<string> Headings { get; } = headings;

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    public Sheet Add(params IEnumerable<string?> cells)
    {
        _rows.Add([.. cells.Select(cell => string.IsNullOrEmpty(cell) ? Nothing : PlainText.Of(cell))]);
        return this;
    }

    /// <summary>One line for the headings and one for each row, without anything drawn.</summary>
    public IEnumerable<string> Lines()
    {
        IReadOnlyList<string>[] all = [[.. Headings.Select(heading => heading.ToUpperInvariant())], .. _rows];
        var widths = Enumerable.Range(0, Headings.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        return all.Select(row => string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
