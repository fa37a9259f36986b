using System.Text.Json;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Settings;
using Microsoft.AspNetCore.Builder;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>The whole service on a free port, with emulated instances, as a client meets it.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly EmulatedFleet _fleet;
    private readonly WebApplication _app;

    private RunningService(DirectoryInfo data, EmulatedFleet fleet, WebApplication app)
    {
        (_data, _fleet, _app) = (data, fleet, app);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public int StoredFiles => Directory.Exists(_data.FullName)
        ? Directory.GetFiles(_data.FullName, "*", SearchOption.AllDirectories).Length
        : 0;

    public static async Task<RunningService> StartAsync(
        TimeSpan nodeTime = default, params (string Key, string Value)[] variables)
    {
        var data = Directory.CreateTempSubdirectory("akkacomfy-test-");
        var fleet = await EmulatedFleet.StartAsync(new Emulation(1, nodeTime, 10), CancellationToken.None);
        var settings = ServiceSettings.From(fleet.Instead(new Dictionary<string, string>(
            variables.Select(variable => KeyValuePair.Create(variable.Key, variable.Value)))
        {
            ["PORT"] = "0",
            ["DATA_DIRECTORY"] = data.FullName,
            ["LOG_LEVEL"] = "error",
            ["WORKFLOWS_DIRECTORY"] = RepositoryFiles.PathOf("workflows"),
            ["SHUTDOWN_GRACE"] = "0",
        }));
        var app = ServiceHost.Build(settings, WorkflowFolders.Load(settings.WorkflowsDirectory));
        await app.StartAsync();
        return new RunningService(data, fleet, app);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.Clone();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _fleet.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
