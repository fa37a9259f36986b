using AkkaComfy.Emulator;
using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.FaultMatrix.Running;

/// <summary>Two emulated instances inside this process.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly List<EmulatedComfy> _instances = [];

    public IReadOnlyList<EmulatedComfy> Instances => _instances;

    public IReadOnlyList<ExecutionRecord> Executions =>
        [.. _instances.SelectMany(instance => instance.Ledger.Executions)];

    /// <param name="version">The release of ComfyUI to play; null: the newest.</param>
    public static async Task<Fleet> StartAsync(ComfyVersion? version, CancellationToken ct)
    {
        var fleet = new Fleet();
        for (var i = 0; i < 2; i++)
        {
            fleet._instances.Add(await EmulatedComfy.StartAsync(
                new EmulatorOptions { Version = version ?? ComfyVersion.Current }, ct));
        }

        return fleet;
    }

    /// <summary>Waits until this many executions have begun in all.</summary>
    public async Task UntilBusyAsync(int executions, CancellationToken ct)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (Executions.Count < executions)
        {
            await again.WaitForNextTickAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }
    }
}
