using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>What all nodes of an emulator run in.</summary>
/// <param name="Crash">Ends the emulator at once, as a crash of the process would; throws.</param>
internal sealed record NodeEnvironment(
    EmulatorOptions Options,
    NodeCatalog Catalog,
    ImageFiles Files,
    Interrupts Interrupts,
    WallClock Clock,
    NodeFaults Faults,
    WorkerThreads Threads,
    Action Crash);
