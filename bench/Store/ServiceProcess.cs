using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AkkaComfy.Bench.Store;

/// <summary>The service as a process of its own, on a data directory that exists, with no instance to work for it.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process, TimeSpan start) => (_process, Start) = (process, start);

    /// <summary>From the start of the process to an answer that knows the whole queue.</summary>
    public TimeSpan Start { get; }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<ServiceProcess> StartAsync(string data, int pendingJobs)
    {
        var (service, nobody) = (FreePort(), FreePort());
        var begun = TimeProvider.System.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "akkacomfy.dll")])
        {
            UseShellExecute = false,
            WorkingDirectory = data,
            Environment =
            {
                ["PORT"] = service.ToString(CultureInfo.InvariantCulture),
                ["COMFYUI_HOSTS"] = $"127.0.0.1:{nobody}",
                ["DATA_DIRECTORY"] = data,
                ["JOB_STORE"] = "sqlite",
                ["LOG_LEVEL"] = "error",
            },
        }) ?? throw new InvalidOperationException("the service did not start");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service}") };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await PendingAsync(http, process, limit.Token) != pendingJobs)
        {
            await again.WaitForNextTickAsync(limit.Token);
        }

        return new ServiceProcess(process, TimeProvider.System.GetElapsedTime(begun));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<int?> PendingAsync(HttpClient http, Process process, CancellationToken cancellationToken)
    {
        try
        {
            using var stats = JsonDocument.Parse(await http.GetStringAsync(
                new Uri("/api/jobs/processor/stats", UriKind.Relative), cancellationToken));
            return stats.RootElement.GetProperty("pending_jobs").GetInt32();
        }
        catch (HttpRequestException) when (!process.HasExited)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
