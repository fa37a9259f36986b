using AkkaComfy.Host.Http;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>The fleet as clients see it: pure translations.</summary>
internal static class FleetBodies
{
    public static InstanceBody[] All(FleetSnapshot fleet) => [.. fleet.Instances.Select(Instance)];

    public static InstanceBody Instance(InstanceSnapshot instance) => new(
        instance.Id.Value, instance.Host, SnakeCase.Of(instance.State), SnakeCase.Of(instance.Circuit),
        instance.ActiveJobs, instance.MaxJobs, Utilization(instance),
        instance.Traits.Weight, [.. instance.Traits.Tags],
        instance.LastCheckAt?.UtcDateTime, instance.LastFault,
        [.. instance.Connections.Select(SnakeCase.Of)],
        instance.NodesReadAt?.UtcDateTime,
        [.. instance.Lacks.Select(lack => new MissingBody(
            lack.Workflow.Value, [.. lack.Nodes], [.. lack.Models], [.. lack.Tags]))],
        instance.Server is { } server ? Server(server) : null,
        [.. instance.CircuitHistory.Reverse().Select(Transition)]);

    public static ProcessorBody Processor(FleetSnapshot fleet, int maxJobsPerInstance) => new(
        fleet.IsRunning, fleet.ActiveJobs, fleet.MaxConcurrentJobs, maxJobsPerInstance, fleet.PendingJobs,
        All(fleet));

    private static ServerBody Server(ServerFacts server) => new(
        server.At.UtcDateTime, server.Version, server.PythonVersion, server.PytorchVersion, server.Os,
        server.RamTotal, server.RamFree,
        [.. server.Devices.Select(device => new DeviceBody(
            device.Name, device.Type, device.VramTotal, device.VramFree))]);

    private static CircuitChangeBody Transition(Instances.CircuitChanged changed) => new(
        SnakeCase.Of(changed.From), SnakeCase.Of(changed.To), changed.Why, changed.At.UtcDateTime,
        Math.Round(changed.After.TotalSeconds, 3));

    private static double Utilization(InstanceSnapshot instance) =>
        Math.Round(instance.ActiveJobs / (double)Math.Max(1, instance.MaxJobs), 3);
}
