namespace AkkaComfy.Host.Commands;

/// <summary>The emulated instances to start.</summary>
/// <param name="NodeTime">How long a heavy node takes.</param>
internal sealed record Emulation(int Instances, TimeSpan NodeTime, int ProgressSteps);
