using System.Diagnostics;

namespace AkkaComfy.Host.Tests.Telemetry.Real;

/// <summary>The real Prometheus of this machine, if there is one: <c>.ci/run</c> sees to it.</summary>
internal static class PrometheusPrograms
{
    public static string? Missing { get; } = Find("prometheus") is not null && Find("promtool") is not null
        ? null
        : "There is no prometheus and promtool on the PATH; Debian's package 'prometheus' has both.";

    public static ProcessStartInfo Start(string program, params string[] arguments) => new(Find(program)!, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <returns>What it said, if it found anything wrong; otherwise nothing.</returns>
    public static async Task<string> CheckAsync(string input, params string[] arguments)
    {
        using var process = Process.Start(Start("promtool", arguments))!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var words = string.Concat(await said);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : $"promtool ended with {process.ExitCode}: {words}";
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, program))
        .FirstOrDefault(File.Exists);
}
