using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AkkaComfy.EndToEnd;

/// <summary>One of our programs as a process of its own, as a user would run it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private RunningProgram(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Scratch.FullName,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>An empty working directory: nothing of the checkout is found by accident.</summary>
    public DirectoryInfo Scratch { get; } = Directory.CreateTempSubdirectory("akkacomfy-e2e-");

    public string Output => string.Join(Environment.NewLine, _lines);

    public static RunningProgram Service(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(Built("src/Host", "akkacomfy.dll"), arguments, new Dictionary<string, string>(environment)
        {
            ["WORKFLOWS_DIRECTORY"] = environment.GetValueOrDefault(
                "WORKFLOWS_DIRECTORY", Path.Combine(Checkout.Root, "workflows")),
        });

    public static RunningProgram Emulator(int port, int nodeMilliseconds, params string[] more) => new(
        Built("src/Emulator", "comfyui-emulator.dll"),
        ["--port", $"{port}", "--node-ms", $"{nodeMilliseconds}", .. more],
        new Dictionary<string, string>());

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the address answers with success.</summary>
    public async Task<RunningProgram> AnsweringAsync(Uri address)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            Assert.False(_process.HasExited, Output);
            try
            {
                using var answer = await http.GetAsync(address, limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return this;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    public async Task<int> ExitCodeAsync(TimeSpan atMost)
    {
        using var limit = new CancellationTokenSource(atMost);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>By SIGKILL: it has no chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>What the system says of the process's memory, in bytes.</summary>
    /// <param name="what">A line of <c>/proc/…/status</c> such as VmRSS, or VmHWM for the most there ever was.</param>
    public long Memory(string what) => 1024 * File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith($"{what}:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .Single();

    /// <summary>By SIGTERM: it is asked to end.</summary>
    public void Terminate() => Assert.Equal(0, Signal(_process.Id, SigTerm));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Scratch.Delete(recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    /// <summary>The program as built beside these tests, in the same configuration.</summary>
    public static string Built(string project, string assembly)
    {
        var own = Path.GetRelativePath(Path.Combine(Checkout.Root, "tests/EndToEnd"), AppContext.BaseDirectory);
        return Path.Combine(Checkout.Root, project, own, assembly);
    }
}
