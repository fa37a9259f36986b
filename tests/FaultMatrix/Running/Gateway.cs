using System.Globalization;
using Akka.Actor;
using AkkaComfy.Host;
using AkkaComfy.Host.Settings;
using AkkaComfy.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaComfy.FaultMatrix.Running;

/// <summary>The whole service inside this process, on a free port, in front of given instances.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    /// <summary>One execution, from its start on the instance.</summary>
    public static readonly TimeSpan ExecutionTimeout = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _data;
    private readonly WebApplication _app;

    private Gateway(DirectoryInfo data, WebApplication app)
    {
        (_data, _app) = (data, app);
        Client = new GatewayClient(new Uri(app.Urls.First()));
    }

    public GatewayClient Client { get; }

    public static async Task<Gateway> StartAsync(IEnumerable<Uri> instances, CancellationToken ct)
    {
        var data = Directory.CreateTempSubdirectory("akkacomfy-matrix-");
        var settings = ServiceSettings.From(new Dictionary<string, string>
        {
            ["PORT"] = "0",
            ["COMFYUI_HOSTS"] = string.Join(',', instances.Select(instance => instance.Authority)),
            ["COMFYUI_TIMEOUT"] = ExecutionTimeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            ["HEALTH_CHECK_INTERVAL"] = "1000",
            // Many fleets share these processors: a slow answer alone is no fault of the instance.
            ["HEALTH_CHECK_TIMEOUT"] = "1000",
            ["SYNC_TIMEOUT"] = "60000",
            ["MAX_JOB_ATTEMPTS"] = "5",
            ["DATA_DIRECTORY"] = data.FullName,
            ["LOG_DIRECTORY"] = Path.Combine(data.FullName, "logs"),
            ["WORKFLOWS_DIRECTORY"] = Path.Combine(AppContext.BaseDirectory, "workloads"),
            ["LOG_LEVEL"] = Environment.GetEnvironmentVariable("MATRIX_LOG_LEVEL") ?? "error",
            ["SHUTDOWN_GRACE"] = "0",
        });
        var app = ServiceHost.Build(settings, WorkflowFolders.Load(settings.WorkflowsDirectory));
        await app.StartAsync(ct);
        return new Gateway(data, app);
    }

    /// <summary>The actors that work for an attempt right now: every child of an instance that is named by a job.</summary>
    public async Task<IReadOnlyList<string>> ExecutionsAsync(CancellationToken ct)
    {
        var system = _app.Services.GetRequiredService<ActorSystem>();
        using var inbox = Inbox.Create(system);
        system.ActorSelection("/user/jobs/*/*").Tell(new Identify("who"), inbox.Receiver);
        var found = new List<string>();
        while (await NextAsync() is { } actor)
        {
            // Named <job>-<attempt>; the others are there for good.
            if (actor.Path.Name is { Length: > 36 } name && JobId.TryParse(name[..36], out _))
            {
                found.Add(name);
            }
        }

        return found;

        async Task<IActorRef?> NextAsync()
        {
            try
            {
                ct.ThrowIfCancellationRequested();
                return (await inbox.ReceiveAsync(TimeSpan.FromMilliseconds(300)) as ActorIdentity)?.Subject;
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
