using AkkaComfy.Emulator;
using AkkaComfy.Host.Commands;

namespace AkkaComfy.Host.Demo;

/// <summary>Emulated ComfyUI instances inside this process, on free ports.</summary>
internal sealed class EmulatedFleet : IAsyncDisposable
{
    /// <summary>In ms, unless set: emulated instances compute on the processors that must answer the probe.</summary>
    private const string PatientProbe = "5000";

    private static readonly string[] OfInstances =
        ["COMFYUI_HOST", "COMFYUI_USE_SSL", "COMFYUI_WEIGHT_", "COMFYUI_TAGS_"];

    private readonly List<EmulatedComfy> _instances = [];

    private EmulatedFleet()
    {
    }

    /// <summary>Their addresses as the setting for a list of instances has them.</summary>
    public string Hosts => string.Join(',', _instances.Select(instance => instance.BaseAddress.Authority));

    public static async Task<EmulatedFleet> StartAsync(Emulation emulation, CancellationToken cancellationToken)
    {
        var fleet = new EmulatedFleet();
        try
        {
            for (var i = 0; i < emulation.Instances; i++)
            {
                fleet._instances.Add(await EmulatedComfy.StartAsync(
                    new EmulatorOptions
                    {
                        Port = 0,
                        NodeTime = emulation.NodeTime,
                        ProgressSteps = emulation.ProgressSteps,
                    },
                    cancellationToken));
            }

            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>The given variables, but with these instances in place of any configured.</summary>
    public Dictionary<string, string> Instead(IReadOnlyDictionary<string, string> variables)
    {
        var changed = variables
            .Where(variable => !OfInstances.Any(key => variable.Key.StartsWith(key, StringComparison.Ordinal)))
            .ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        changed["COMFYUI_HOSTS"] = Hosts;
        changed.TryAdd("HEALTH_CHECK_TIMEOUT", PatientProbe);
        return changed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }
    }
}
