using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Faults;
using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>What a running node knows and may do beyond its inputs.</summary>
internal sealed class NodeContext
{
    public required EmulatorOptions Options { get; init; }

    public required ImageFiles Files { get; init; }

    public required NodeFaults Faults { get; init; }

    public required JsonObject Prompt { get; init; }

    public required JsonNode? ExtraData { get; init; }

    /// <summary>Cancelled when the emulator stops.</summary>
    public required CancellationToken Stopping { get; init; }

    /// <summary>Reports progress, with a preview or without; throws where an interrupt is due.</summary>
    public required Action<int, int, Picture?> Progress { get; init; }

    /// <summary>Ends the emulator at once, as a crash of the process would.</summary>
    public required Action Crash { get; init; }

    public async Task SleepAsync(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            await Task.Delay(time, Options.Time, Stopping);
        }

        await Faults.PassAsync(Stopping);
    }
}
