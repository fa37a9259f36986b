using AkkaComfy.FaultMatrix.Running;

namespace AkkaComfy.FaultMatrix;

/// <summary>The table of the whole matrix, printed and written beside the tests when the process ends.</summary>
internal static class MatrixTable
{
    private static readonly Lock Gate = new();
    private static readonly List<CellOutcome> Outcomes = [];

    /// <summary>Where the table is written.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "fault-matrix.md");

    public static void Add(IEnumerable<CellOutcome> outcomes)
    {
        lock (Gate)
        {
            Outcomes.AddRange(outcomes);
            File.WriteAllLines(Path, [CellOutcome.Header, .. Outcomes.Select(outcome => outcome.Row)]);
        }
    }
}
