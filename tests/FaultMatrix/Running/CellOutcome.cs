namespace AkkaComfy.FaultMatrix.Running;

/// <summary>What one cell came to.</summary>
/// <param name="Executions">How often the instances executed a prompt, with whatever end.</param>
/// <param name="Recovery">From the last job's end until the fleet was healthy.</param>
/// <param name="Problems">Empty when everything was as it must be.</param>
internal sealed record CellOutcome(
    Cell Cell,
    IReadOnlyList<JobEnd> Ends,
    int Executions,
    int Refusals,
    TimeSpan Recovery,
    TimeSpan Took,
    IReadOnlyList<string> Problems)
{
    public const string Header =
        """
        | fault | struck | mode | completed | failed | retried | executions | refused | recovery | took | |
        |---|---|---|---|---|---|---|---|---|---|---|
        """;

    public string Row => FormattableString.Invariant(
        $"""
        | {Cell.Fault.Name} | {Cell.Struck} of 2 | {Cell.Mode} | {Ends.Count(end => end.Status == JobEnd.Completed)} |
         {Failures} | {Ends.Count(end => end.Attempts > 1)} | {Executions} | {Refusals} |
         {Recovery.TotalSeconds:F1} s | {Took.TotalSeconds:F1} s | {(Problems.Count == 0 ? "ok" : "WRONG")} |
        """).ReplaceLineEndings("");

    private string Failures => Ends.Where(end => end.Status != JobEnd.Completed)
        .CountBy(end => end.Code ?? end.Status)
        .Select(code => $"{code.Value} {code.Key}")
        .DefaultIfEmpty("0")
        .Aggregate((left, right) => $"{left}, {right}");
}
