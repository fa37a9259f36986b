using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults;

namespace AkkaComfy.Emulator;

/// <summary>
/// A ComfyUI without AI models, on a loopback port of its own: speaks the protocol, processes images simply, fails as
/// told. Its process may die and come back any number of times; port, files, faults and ledger stay.
/// </summary>
public sealed class EmulatedComfy : IAsyncDisposable
{
    private readonly ComfyMachine _machine;
    private readonly ComfySupervisor _supervisor;
    private readonly Lazy<Task> _ended;

    private EmulatedComfy(EmulatorOptions options)
    {
        _machine = new ComfyMachine(options);
        _supervisor = new ComfySupervisor(options, _machine);
        _ended = new Lazy<Task>(EndAsync);
        BaseAddress = new Uri($"http://{_machine.Doorway.Address}");
    }

    public Uri BaseAddress { get; }

    public int Port => BaseAddress.Port;

    /// <summary>What goes wrong here; anyone may change it at any time.</summary>
    public FaultPlan Faults => _machine.Faults;

    public ExecutionLedger Ledger => _machine.Ledger;

    /// <summary>Whether there is a process; a frozen one is one.</summary>
    public bool IsAlive => _supervisor.Process is not null;

    /// <summary>Open TCP connections, of whichever process.</summary>
    public int OpenConnections => _machine.Connections.Count;

    /// <summary>Completes when a node has ended the process and nothing is going to start it again.</summary>
    public Task Crashed => _supervisor.Crashed;

    /// <summary>Starts listening; the caller stops it by disposing.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmulatedComfy> StartAsync(EmulatorOptions options, CancellationToken ct = default)
    {
        var comfy = new EmulatedComfy(options.Validated());
        try
        {
            await comfy._supervisor.StartAsync(ct);
            comfy.Faults.Use(options.Faults);
        }
        catch
        {
            await comfy.DisposeAsync();
            throw;
        }

        return comfy;
    }

    /// <summary>
    /// The process vanishes as a killed one does: connections are cut, what ran is lost, connecting is refused.
    /// </summary>
    public Task KillAsync() => _supervisor.KillAsync();

    /// <summary>Kills the process if there is one, and starts another after a while: same port, same files.</summary>
    public Task RestartAsync(TimeSpan backAfter = default) => _supervisor.RestartAsync(backAfter);

    /// <summary>Calls every fault off and waits until a process that one has ended is back.</summary>
    public Task HealAsync()
    {
        Faults.Heal();
        return WhenSettled();
    }

    /// <summary>Completes when no restart that a fault has set off is under way.</summary>
    public Task WhenSettled() => _supervisor.WhenSettled();

    /// <summary>Ends for good; connections end as they do when a real ComfyUI is told to terminate.</summary>
    public async ValueTask DisposeAsync() => await _ended.Value;

    /// <summary>Threads that run nodes, of whichever process.</summary>
    internal int WorkerThreads => _machine.Threads.Count;

    /// <summary>Completes when nothing will happen any more without a request, or before a timer fires.</summary>
    internal Task WhenParked() => _supervisor.Process?.WhenParked() ?? Task.CompletedTask;

    /// <summary>Completes when no finished prompt's history is still to come.</summary>
    internal Task WhenHistoryCompleteAsync() => _supervisor.Process?.WhenHistoryComplete() ?? Task.CompletedTask;

    private async Task EndAsync()
    {
        await _supervisor.DisposeAsync();
        _machine.Dispose();
    }
}
