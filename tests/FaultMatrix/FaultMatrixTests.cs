using System.Globalization;
using AkkaComfy.FaultMatrix.Running;
using Xunit.Abstractions;

namespace AkkaComfy.FaultMatrix;

/// <summary>
/// Every fault, on one instance of two and on both, with sync and with async clients. <c>MATRIX_SEEDS</c> (default 1)
/// says with how many seeds, <c>MATRIX_FIRST_SEED</c> (default 1) with which first.
/// </summary>
public abstract class FaultMatrixTests(ITestOutputHelper output)
{
    private static readonly int Seeds = Number("MATRIX_SEEDS");
    private static readonly int FirstSeed = Number("MATRIX_FIRST_SEED");

    private protected async Task RunAsync(string name)
    {
        var fault = FaultCatalog.All.Single(fault => fault.Name == name);
        var outcomes = new List<CellOutcome>();
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            outcomes.AddRange(await Task.WhenAll(
                from struck in new[] { 1, 2 }
                from mode in Enum.GetValues<Mode>()
                select CellRun.RunAsync(new Cell(fault, struck, mode, seed))));
        }

        output.WriteLine(CellOutcome.Header);
        outcomes.ForEach(outcome => output.WriteLine(outcome.Row));
        MatrixTable.Add(outcomes);
        var problems = outcomes.SelectMany(outcome =>
            outcome.Problems.Select(problem => $"{outcome.Cell}: {problem}")).ToArray();
        Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));
    }

    private protected static TheoryData<string> Names(IEnumerable<Fault> faults) =>
        [.. faults.Select(fault => fault.Name)];

    private static int Number(string variable) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? "1", NumberStyles.None, CultureInfo.InvariantCulture);
}

public sealed class FaultsOfProcesses(ITestOutputHelper output) : FaultMatrixTests(output)
{
    public static TheoryData<string> Faults => Names(FaultCatalog.OfProcesses);

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Every_job_ends_once_under(string fault) => RunAsync(fault);
}

public sealed class FaultsOfRequests(ITestOutputHelper output) : FaultMatrixTests(output)
{
    public static TheoryData<string> Faults => Names(FaultCatalog.OfRequests);

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Every_job_ends_once_under(string fault) => RunAsync(fault);
}

public sealed class FaultsOfSockets(ITestOutputHelper output) : FaultMatrixTests(output)
{
    public static TheoryData<string> Faults => Names(FaultCatalog.OfSockets);

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Every_job_ends_once_under(string fault) => RunAsync(fault);
}

public sealed class FaultsOfExecutions(ITestOutputHelper output) : FaultMatrixTests(output)
{
    public static TheoryData<string> Faults => Names(FaultCatalog.OfExecutions);

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Every_job_ends_once_under(string fault) => RunAsync(fault);
}
