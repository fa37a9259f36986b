using AkkaComfy.Emulator.Connections;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;
using AkkaComfy.Emulator.Sockets;
using Microsoft.AspNetCore.Connections;

namespace AkkaComfy.Emulator;

/// <summary>
/// One life of an emulated ComfyUI, from start to kill, with all that dies with it: queue, history, cache, clients.
/// </summary>
internal sealed class ComfyProcess : IAsyncDisposable
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(75);

    private readonly ComfyMachine _machine;
    private readonly WebApplication _app;
    private readonly Worker _worker;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _stopped;

    private ComfyProcess(EmulatorOptions options, ComfyMachine machine, ComfySupervisor supervisor)
    {
        _machine = machine;
        _stopped = new Lazy<Task>(ShutDownAsync);
        var hub = new SocketHub();
        var queue = new PromptQueue(hub, options.MaxHistory);
        var interrupts = new Interrupts();
        var clock = new WallClock(options.Time, machine.Faults);
        var files = new ImageFiles(machine.Folders);
        var catalog = new NodeCatalog(options, files);
        var hands = new NodeHands(interrupts, queue, Exit, backAfter => supervisor.WorkerDied(this, backAfter));
        var faults = new NodeFaults(machine.Faults, Gate, options.Time, hands);
        var environment = new NodeEnvironment(
            options, catalog, files, interrupts, clock, faults, machine.Threads, () => Exit(null));
        _worker = new Worker(queue, new PromptExecutor(environment, hub), hub, machine.Ledger, environment);
        _app = BuildServer();

        var routes = new Routes(_app, options.Version);
        new InfoEndpoints(options, catalog).Map(routes);
        new PromptEndpoint(options.Version, queue, new PromptValidator(catalog, options.Version)).Map(routes);
        new QueueEndpoints(options.Version, queue, interrupts).Map(routes);
        new HistoryEndpoints(options.Version, queue).Map(routes);
        new ViewEndpoint(machine.Folders).Map(routes);
        new UploadEndpoint(machine.Folders, options.MaxUploadBytes).Map(routes);
        new SocketEndpoint(options, queue, hub, machine.Faults, _stopping.Token).Map(routes);
        new FaultEndpoints(machine.Faults).Map(_app);
        new LedgerEndpoint(machine.Ledger).Map(_app);
        var disturbance = new FaultMiddleware(machine.Faults, options.Time, clock);
        var manners = new ServerManners(options);
        _app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        _app.Use(next => http => disturbance.InvokeAsync(http, next));
        _app.Use(next => http => manners.InvokeAsync(http, next));
        _app.UseRouting();

        void Exit(TimeSpan? backAfter)
        {
            _worker!.Abandon();
            supervisor.Exited(this, backAfter);
            throw new OperationCanceledException();
        }
    }

    /// <summary>Closed while the process is frozen.</summary>
    public StallGate Gate { get; } = new();

    public static async Task<ComfyProcess> StartAsync(
        EmulatorOptions options, ComfyMachine machine, ComfySupervisor supervisor, CancellationToken ct)
    {
        var process = new ComfyProcess(options, machine, supervisor);
        try
        {
            await process._app.StartAsync(ct);
        }
        catch
        {
            await process.KillAsync();
            throw;
        }

        process._worker.Start();
        return process;
    }

    /// <summary>Vanishes as a killed process does: connections are cut, what ran is lost. Idempotent.</summary>
    public Task KillAsync() => _stopped.Value;

    public async ValueTask DisposeAsync() => await KillAsync();

    /// <inheritdoc cref="WorkerThread.WhenParked"/>
    public Task WhenParked() => _worker.WhenParked();

    /// <inheritdoc cref="Worker.WhenHistoryComplete"/>
    public Task WhenHistoryComplete() => _worker.WhenHistoryComplete();

    private async Task ShutDownAsync()
    {
        _worker.Abandon();
        _machine.Connections.CutAll();
        Gate.Retire();
        await _stopping.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _worker.DisposeAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private WebApplication BuildServer()
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
            kestrel.Listen(_machine.Doorway.Address, listener =>
                listener.Use(next => _machine.Connections.Around(next, Gate)));
        });
        builder.Services.AddSingleton<IConnectionListenerFactory>(new DoorwayListener(_machine.Doorway));
        return builder.Build();
    }
}
