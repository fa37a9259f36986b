using AkkaComfy.Emulator.Faults;

namespace AkkaComfy.Emulator;

/// <summary>How one emulated ComfyUI behaves; every emulator in a process has its own.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Where input, output and temp files live and stay; without it, a temporary directory, removed at stop.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>How long a heavy node (InspyrenetRembg, ImageUpscaleWithModel, KSampler) takes at least.</summary>
    public TimeSpan NodeTime { get; init; } = TimeSpan.Zero;

    /// <summary>Progress reports of a heavy node (of ImageUpscaleWithModel: per tile); 0 to 10000.</summary>
    public int ProgressSteps { get; init; } = 6;

    /// <summary>What UpscaleModelLoader finds installed; every one of them enlarges fourfold.</summary>
    public IReadOnlyList<string> UpscaleModels { get; init; } = ["4x_NMKD-Siax_200k.pth"];

    /// <summary>What CheckpointLoaderSimple finds installed; none of them has anything in it.</summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = ["v1-5-pruned-emaonly-fp16.safetensors"];

    /// <summary>The largest request body in bytes; larger ones get 413.</summary>
    public long MaxUploadBytes { get; init; } = 100L * 1024 * 1024;

    /// <summary>History entries kept in memory; the oldest go first.</summary>
    public int MaxHistory { get; init; } = 10_000;

    /// <summary>Frames waiting for one client; a client that falls further behind loses its socket.</summary>
    public int MaxQueuedFrames { get; init; } = 4096;

    /// <summary>The release of ComfyUI to be.</summary>
    public ComfyVersion Version { get; init; } = ComfyVersion.Current;

    /// <summary>What goes wrong from the start on.</summary>
    public FaultScript Faults { get; init; } = FaultScript.None;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentException">Names every setting that is out of range.</exception>
    internal EmulatorOptions Validated()
    {
        var errors = new List<string>();
        Check(nameof(Port), Port, 0, 65535);
        Check($"{nameof(NodeTime)} (ms)", (long)NodeTime.TotalMilliseconds, 0, 3_600_000);
        Check(nameof(ProgressSteps), ProgressSteps, 0, 10_000);
        Check(nameof(MaxUploadBytes), MaxUploadBytes, 1024, 1L << 40);
        Check(nameof(MaxHistory), MaxHistory, 1, 1_000_000);
        Check(nameof(MaxQueuedFrames), MaxQueuedFrames, 1, 1_000_000);
        return errors.Count == 0 ? this : throw new ArgumentException(string.Join("; ", errors));

        void Check(string name, long value, long minimum, long maximum)
        {
            if (value < minimum || value > maximum)
            {
                errors.Add($"{name} is {value}, allowed are {minimum} to {maximum}");
            }
        }
    }
}
