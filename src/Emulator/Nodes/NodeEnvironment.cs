using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>What all nodes of an emulator run in.</summary>
/// <param name="Crash">Ends the emulator at once, as a crash of the process would; throws.</param>
internal sealed record NodeEnvironment(
    EmulatorOptions Options, NodeCatalog Catalog, ImageFiles Files, Interrupts Interrupts, Action Crash);
