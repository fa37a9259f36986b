using AkkaComfy.Emulator.Connections;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults;

namespace AkkaComfy.Emulator;

/// <summary>What stays when an emulated process dies: port, files, the faults that befall it, the ledger.</summary>
internal sealed class ComfyMachine : IDisposable
{
    /// <exception cref="IOException">The port is taken.</exception>
    public ComfyMachine(EmulatorOptions options)
    {
        Doorway = new Doorway(options.Port);
        Folders = new EmulatorFolders(options.Directory);
        Faults = new FaultPlan(options.Time);
        Ledger = new ExecutionLedger(options.Time);
        Connections = new ConnectionTracker(Faults);
    }

    public Doorway Doorway { get; }

    public EmulatorFolders Folders { get; }

    public FaultPlan Faults { get; }

    public ConnectionTracker Connections { get; }

    public WorkerThreads Threads { get; } = new();

    public ExecutionLedger Ledger { get; }

    public void Dispose()
    {
        Faults.Dispose();
        Doorway.Dispose();
        Folders.Dispose();
    }
}
