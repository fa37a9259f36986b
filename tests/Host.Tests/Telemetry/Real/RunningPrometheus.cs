using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AkkaComfy.Host.Tests.Service;

namespace AkkaComfy.Host.Tests.Telemetry.Real;

/// <summary>A real Prometheus, a process of its own, that scrapes one service every second.</summary>
internal sealed class RunningPrometheus : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly Process _process;
    private readonly Task<string> _said;
    private readonly HttpClient _http;

    private RunningPrometheus(DirectoryInfo data, int port, Process process)
    {
        (_data, _process) = (data, process);
        _said = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public static RunningPrometheus Start(Uri service)
    {
        var data = Directory.CreateTempSubdirectory("akkacomfy-prometheus-");
        var config = Path.Combine(data.FullName, "prometheus.yml");
        File.WriteAllText(config, $"""
            global: {"{"} scrape_interval: 1s, evaluation_interval: 1s {"}"}
            rule_files: ["{RepositoryFiles.PathOf("ops/prometheus/alerts.yml")}"]
            scrape_configs:
              - job_name: akkacomfy
                static_configs: [{"{"} targets: ["{service.Authority}"] {"}"}]
            """);
        var port = FreePort();
        return new RunningPrometheus(data, port, Process.Start(PrometheusPrograms.Start(
            "prometheus", $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(data.FullName, "tsdb")}",
            $"--web.listen-address=127.0.0.1:{port}"))!);
    }

    /// <summary>The answer of its API once it is as expected; the time limit only ends a failing test.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> isExpected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var last = "it never answered";
        while (true)
        {
            Assert.False(_process.HasExited, _process.HasExited ? await _said : "");
            Assert.False(limit.IsCancellationRequested, last);
            try
            {
                using var response = await _http.GetAsync(path, limit.Token);
                if (response.IsSuccessStatusCode)
                {
                    var data = (await RunningService.JsonAsync(response)).GetProperty("data");
                    last = data.ToString();
                    if (isExpected(data))
                    {
                        return data;
                    }
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>The series that a query finds, once there are any.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string query)
    {
        var data = await UntilAsync(
            $"/api/v1/query?query={Uri.EscapeDataString(query)}",
            found => found.GetProperty("result").GetArrayLength() > 0);
        return [.. data.GetProperty("result").EnumerateArray()];
    }

    /// <returns>Nothing for a query that it understands.</returns>
    public async Task<string> ComplaintAboutAsync(string query)
    {
        using var response = await _http.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
        return response.IsSuccessStatusCode ? "" : $"{query}: {await response.Content.ReadAsStringAsync()}";
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
