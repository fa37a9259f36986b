using System.Runtime.InteropServices;
using AkkaComfy.Bench.Store;

// dotnet run -c Release --project bench/Store [-- submissions|images|window…]
var measurements = new (string Name, Func<DirectoryInfo, Report, Task> Run)[]
{
    ("submissions", Submissions.MeasureAsync),
    ("images", Images.MeasureAsync),
    ("window", Window.MeasureAsync),
};
if (args.FirstOrDefault(arg => measurements.All(one => one.Name != arg)) is { } unknown)
{
    await Console.Error.WriteLineAsync(
        $"'{unknown}' is not measured; there are: {string.Join(", ", measurements.Select(one => one.Name))}");
    return 2;
}

Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
Console.WriteLine();
var report = new Report();
foreach (var (name, run) in measurements.Where(one => args.Length == 0 || args.Contains(one.Name)))
{
    // Beside the working directory, not in a temporary directory that may be memory.
    var scratch = Directory.CreateDirectory(Path.GetFullPath(Path.Combine("data", $"bench-{name}")));
    try
    {
        await run(scratch, report);
    }
    finally
    {
        scratch.Delete(recursive: true);
    }
}

return 0;
