using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace AkkaComfy.EndToEnd;

/// <summary>A command of the program, run to its end as a process whose output nobody looks at.</summary>
internal sealed class CommandRun : IAsyncDisposable
{
    private const int SigInt = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly Task<string> _error;

    private CommandRun(IEnumerable<string> arguments)
    {
        // Tests that run in the background of a shell are deaf to SIGINT, and so would be what they start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.ArgumentList.Add(RunningProgram.Built("src/Host", "akkacomfy.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // As if on a terminal that can do everything: what is piped must be plain all the same.
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["COLORTERM"] = "truecolor";
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    public string Out => _out.ToString();

    public Task<string> ErrorAsync() => _error;

    public static CommandRun Start(params string[] arguments) => new(arguments);

    /// <summary>Reads standard output until a line says it; null if it ends before.</summary>
    public async Task<string?> LineAsync(string containing)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _out.AppendLine(line);
            if (line.Contains(containing, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>As Ctrl-C does.</summary>
    public void Interrupt() => Assert.Equal(0, Signal(_process.Id, SigInt));

    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        _out.Append(await _process.StandardOutput.ReadToEndAsync(limit.Token));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
