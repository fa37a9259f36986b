using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AkkaComfy.Bench.Fleet;

/// <summary>The service as a process of its own, in front of the given instances.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("akkacomfy-bench-");

    private ServiceProcess(string hosts, Options options)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "akkacomfy.dll")])
        {
            UseShellExecute = false,
            WorkingDirectory = _scratch.FullName,
            Environment =
            {
                ["PORT"] = $"{port}",
                ["COMFYUI_HOSTS"] = hosts,
                ["MAX_JOBS_PER_INSTANCE"] = $"{options.Slots}",
                ["MAX_QUEUE_LENGTH"] = "1000000",
                ["WORKFLOWS_DIRECTORY"] = Path.Combine(AppContext.BaseDirectory, "workloads"),
                ["LOG_LEVEL"] = "warn",
                // The instances share these processors with the service: a slow answer is no sign of death here.
                ["HEALTH_CHECK_TIMEOUT"] = "5000",
            },
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("the service did not start");
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(10) };
    }

    public HttpClient Http { get; }

    public static async Task<ServiceProcess> StartAsync(string hosts, Options options)
    {
        var service = new ServiceProcess(hosts, options);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await service.IsHealthyAsync(limit.Token))
        {
            await again.WaitForNextTickAsync(limit.Token);
        }

        return service;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _scratch.Delete(recursive: true);
    }

    private async Task<bool> IsHealthyAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health", UriKind.Relative), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
