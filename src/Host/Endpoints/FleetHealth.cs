using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>How healthy a fleet is as a whole.</summary>
public enum FleetHealth
{
    Healthy,

    /// <summary>An instance that should work does not.</summary>
    Degraded,

    /// <summary>No instance works.</summary>
    Critical,

    /// <summary>No instance has been probed yet.</summary>
    Starting,
}

/// <summary>Decides the health of a fleet.</summary>
public static class FleetHealths
{
    /// <summary>An instance drained on purpose counts neither for nor against the others.</summary>
    public static FleetHealth Of(FleetSnapshot fleet)
    {
        var expected = fleet.Instances.Where(instance => instance.State is not InstanceState.Draining).ToList();
        return expected.Count(instance => instance.State is InstanceState.Up) switch
        {
            0 when expected.Count > 0 && expected.TrueForAll(instance => instance.State is InstanceState.Starting) =>
                FleetHealth.Starting,
            0 => FleetHealth.Critical,
            var up when up < expected.Count => FleetHealth.Degraded,
            _ => FleetHealth.Healthy,
        };
    }
}
