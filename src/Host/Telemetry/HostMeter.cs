using System.Diagnostics.Metrics;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Telemetry;

/// <summary>What the process shows of itself: since when it runs, and what room its disk has left.</summary>
internal sealed class HostMeter
{
    private readonly TimeProvider _time;
    private readonly long _start;

    public HostMeter(ServiceMeters meters, ServiceSettings settings, TimeProvider time)
    {
        (_time, _start) = (time, time.GetTimestamp());
        var directory = Path.GetFullPath(settings.DataDirectory);
        Metrics.Uptime.Observe(meters.Meter, () => [new Measurement<double>(Uptime.TotalSeconds)]);
        Metrics.StorageAvailable.Observe(meters.Meter, () =>
            Room(directory) is { } bytes ? [new Measurement<double>(bytes)] : []);
    }

    public TimeSpan Uptime => _time.GetElapsedTime(_start);

    /// <returns>Null where the system does not say.</returns>
    private static long? Room(string directory)
    {
        try
        {
            return new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
