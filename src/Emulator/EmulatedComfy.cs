using System.Net;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;
using AkkaComfy.Emulator.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AkkaComfy.Emulator;

/// <summary>
/// A ComfyUI without AI models, on a loopback port of its own: speaks the protocol, processes images simply.
/// </summary>
public sealed class EmulatedComfy : IAsyncDisposable
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(75);

    private readonly WebApplication _app;
    private readonly EmulatorFolders _folders;
    private readonly Worker _worker;
    private readonly ConnectionTracker _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _stopped;

    private EmulatedComfy(EmulatorOptions options)
    {
        _folders = new EmulatorFolders(options.Directory);
        var hub = new SocketHub();
        var queue = new PromptQueue(hub, options.MaxHistory);
        var interrupts = new Interrupts();
        var files = new ImageFiles(_folders);
        var catalog = new NodeCatalog(options, files);
        var executor = new PromptExecutor(new NodeEnvironment(options, catalog, files, interrupts, Crash), hub);
        _worker = new Worker(queue, executor, hub, Ledger, options, Crash);
        _app = BuildServer(options.Port);
        _stopped = new Lazy<Task>(ShutDownAsync);

        var routes = new Routes(_app, options.Version);
        new InfoEndpoints(options, catalog).Map(routes);
        new PromptEndpoint(options.Version, queue, new PromptValidator(catalog, options.Version)).Map(routes);
        new QueueEndpoints(options.Version, queue, interrupts).Map(routes);
        new HistoryEndpoints(options.Version, queue).Map(routes);
        new ViewEndpoint(_folders).Map(routes);
        new UploadEndpoint(_folders, options.MaxUploadBytes).Map(routes);
        new SocketEndpoint(options, queue, hub, _stopping.Token).Map(routes);
        var manners = new ServerManners(options);
        _app.Use(next => http => manners.InvokeAsync(http, next));
        _app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        _app.UseRouting();
    }

    public Uri BaseAddress { get; private set; } = null!;

    public int Port => BaseAddress.Port;

    public ExecutionLedger Ledger { get; } = new();

    /// <summary>Completes when a node has made the emulator crash.</summary>
    public Task Crashed => _crashed.Task;

    /// <summary>Starts listening; the caller stops it by disposing.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmulatedComfy> StartAsync(EmulatorOptions options, CancellationToken ct = default)
    {
        var comfy = new EmulatedComfy(options.Validated());
        try
        {
            await comfy._app.StartAsync(ct);
        }
        catch
        {
            await comfy.DisposeAsync();
            throw;
        }

        var addresses = comfy._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        comfy.BaseAddress = new Uri(addresses.Addresses.Single());
        comfy._worker.Start();
        return comfy;
    }

    /// <summary>Vanishes as a killed process does: connections are cut, what ran is lost. Idempotent.</summary>
    public Task KillAsync() => _stopped.Value;

    /// <summary>Stops; connections end as they do when a real ComfyUI is told to terminate.</summary>
    public async ValueTask DisposeAsync() => await KillAsync();

    /// <summary>Completes when nothing will happen any more without a request, or before a timer fires.</summary>
    internal Task WhenParked() => _worker.WhenParked();

    private void Crash()
    {
        _worker.Abandon();
        _crashed.TrySetResult();
        _ = Task.Run(KillAsync);
        throw new OperationCanceledException();
    }

    private async Task ShutDownAsync()
    {
        _worker.Abandon();
        _connections.CutAll();
        await _stopping.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _worker.DisposeAsync();
        await _app.DisposeAsync();
        _folders.Dispose();
        _stopping.Dispose();
    }

    private WebApplication BuildServer(int port)
    {
        // Empty: whatever the surrounding process has in its environment is none of the emulator's business.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            kestrel.Listen(IPAddress.Loopback, port, listener => listener.Use(_connections.Around));
        });
        return builder.Build();
    }
}
