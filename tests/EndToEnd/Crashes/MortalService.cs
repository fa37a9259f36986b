using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.EndToEnd.Crashes;

/// <summary>A service that dies and is started anew on the same data directory, with two instances that live on.</summary>
internal sealed class MortalService : IAsyncDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(90);

    private readonly IReadOnlyList<RunningProgram> _emulators;
    private readonly IReadOnlyList<Relay> _relays;
    private readonly IReadOnlyList<Uri> _instances;
    private readonly KillSwitch _kill;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("akkacomfy-crash-");
    private readonly int _port = RunningProgram.FreePort();
    private RunningProgram? _service;

    private MortalService(
        IReadOnlyList<RunningProgram> emulators, IReadOnlyList<Uri> instances, IReadOnlyList<Relay> relays, KillSwitch kill)
    {
        (_emulators, _instances, _relays, _kill) = (emulators, instances, relays, kill);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    /// <summary>What the service that runs, or ran last, has said.</summary>
    public string Output => _service?.Output ?? "";

    /// <summary>How many outputs were collected a second time, because a kill came before their job's end was recorded.</summary>
    public int CollectedAgain => _kill.CollectedAgain;

    private RunningProgram Service => _service ?? throw new InvalidOperationException("the service was never started");

    public static async Task<MortalService> WithInstancesAsync(int nodeMilliseconds)
    {
        int[] ports = [RunningProgram.FreePort(), RunningProgram.FreePort()];
        Uri[] instances = [.. ports.Select(port => new Uri($"http://127.0.0.1:{port}"))];
        var emulators = await Task.WhenAll(ports.Zip(instances, (port, instance) => RunningProgram
            .Emulator(port, nodeMilliseconds).AnsweringAsync(new Uri(instance, "/system_stats"))));
        var kill = new KillSwitch();
        return new MortalService(emulators, instances, [.. ports.Select(port => new Relay(port, kill))], kill);
    }

    /// <summary>Starts the service on what the one before it has left; it need not answer yet.</summary>
    /// <param name="variables">Settings beside the usual ones, or in their place.</param>
    public async Task StartAsync(params (string Name, string Value)[] variables)
    {
        if (_service is { } before)
        {
            await before.DisposeAsync();
        }

        var environment = new Dictionary<string, string>
        {
            ["PORT"] = $"{_port}",
            ["DATA_DIRECTORY"] = _data.FullName,
            ["COMFYUI_HOSTS"] = string.Join(',', _relays.Select(relay => relay.Host)),
            // The instances share these processors with the probes: a slow answer is no sign of death here.
            ["HEALTH_CHECK_TIMEOUT"] = "5000",
            ["JOB_TIMEOUT"] = "3600000",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        _service = RunningProgram.Service(environment);
    }

    public Task AnsweringAsync() => Service.AnsweringAsync(new Uri(Http.BaseAddress!, "/health/live"));

    /// <summary>Asks the service to end, as an orchestrator does.</summary>
    public void Terminate() => Service.Terminate();

    public Task<int> ExitCodeAsync() => Service.ExitCodeAsync(Settling);

    /// <summary>Kills the service when its traffic comes to that point.</summary>
    public async Task KillAtAsync(KillPoint point, int arrivals)
    {
        using var limit = new CancellationTokenSource(Settling);
        await _kill.Arm(point, arrivals, Service).WaitAsync(limit.Token);
        await Service.ExitCodeAsync(Settling);
    }

    public async Task KillInAsync(TimeSpan delay)
    {
        await Task.Delay(delay, TimeProvider.System);
        Service.Kill();
        await Service.ExitCodeAsync(Settling);
    }

    /// <summary>Only while the service is dead: it has the directory for itself.</summary>
    public Task<StoredData> ReadDataAsync() => StoredData.ReadAsync(_data.FullName);

    /// <summary>Waits until no job is left that waits or runs.</summary>
    /// <returns>How many jobs there are of each status.</returns>
    public Task<JsonObject> SettledAsync() =>
        CountedAsync(counts => (int)counts["pending"]! + (int)counts["processing"]! == 0);

    /// <summary>Waits until the numbers of jobs by status are as wanted.</summary>
    public async Task<JsonObject> CountedAsync(Func<JsonObject, bool> isWanted)
    {
        using var limit = new CancellationTokenSource(Settling);
        while (true)
        {
            var stats = await Http.GetFromJsonAsync<JsonObject>("/api/jobs/stats", limit.Token);
            if (stats!["by_status"]!.AsObject() is var counts && isWanted(counts))
            {
                return counts;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Waits until it has noticed that it is to end: it says then that it is not ready.</summary>
    public async Task ClosingAsync()
    {
        using var limit = new CancellationTokenSource(Settling);
        while (true)
        {
            using var ready = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            if (!ready.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>What all instances have executed, and what still lies in their queues.</summary>
    public async Task<(List<Execution> Executions, int Queued)> LedgerAsync()
    {
        var executions = new List<Execution>();
        var queued = 0;
        foreach (var instance in _instances)
        {
            var ledger = await Http.GetFromJsonAsync<JsonObject>(new Uri(instance, "/emulator/ledger"));
            executions.AddRange(ledger!["executions"]!.AsArray().Select(execution => new Execution(
                (string)execution!["prompt_id"]!, (string)execution["tag"]!["job"]!, (string)execution["outcome"]!)));
            var queue = await Http.GetFromJsonAsync<JsonObject>(new Uri(instance, "/queue"));
            queued += queue!["queue_running"]!.AsArray().Count + queue["queue_pending"]!.AsArray().Count;
        }

        return (executions, queued);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_service is { } last)
        {
            await last.DisposeAsync();
        }

        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }

        foreach (var emulator in _emulators)
        {
            await emulator.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }

    /// <summary>One execution that an instance really made.</summary>
    internal sealed record Execution(string PromptId, string Job, string Outcome);
}
