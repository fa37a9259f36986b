using System.Diagnostics.Metrics;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Shows the fleet as it was when the supervisor was last asked, and counts what its circuits do.</summary>
public sealed class FleetMeter
{
    private readonly Counter<long> _transitions;
    private volatile FleetSnapshot? _fleet;

    public FleetMeter(Meter meter)
    {
        _transitions = Metrics.CircuitTransitions.CounterOf(meter);
        Metrics.Pending.Observe(meter, () => Whole(fleet => fleet.PendingJobs));
        Metrics.Processing.Observe(meter, () => Whole(fleet => fleet.ActiveJobs));
        Metrics.SlotsLimit.Observe(meter, () => Whole(fleet => fleet.MaxConcurrentJobs));
        Metrics.InstanceSlotsUsed.Observe(meter, () => Each(instance => instance.ActiveJobs));
        Metrics.InstanceSlotsLimit.Observe(meter, () => Each(instance => instance.MaxJobs));
        Metrics.InstanceState.Observe(meter, () => States<InstanceState>((instance, state) =>
            instance.State == state ? 1 : 0));
        Metrics.InstanceCircuit.Observe(meter, () => States<CircuitPhase>((instance, phase) =>
            instance.Circuit == phase ? 1 : 0));
        Metrics.InstanceConnections.Observe(meter, () => States<ConnectionState>((instance, state) =>
            instance.Connections.Count(connection => connection == state)));
    }

    public void Show(FleetSnapshot fleet) => _fleet = fleet;

    public void Count(Instances.CircuitChanged changed) => _transitions.Add(
        1,
        new KeyValuePair<string, object?>(Metrics.Instance, changed.Id.Value),
        new KeyValuePair<string, object?>(Metrics.From, Labels.Of(changed.From)),
        new KeyValuePair<string, object?>(Metrics.To, Labels.Of(changed.To)));

    private IEnumerable<Measurement<double>> Whole(Func<FleetSnapshot, double> value) =>
        _fleet is { } fleet ? [new Measurement<double>(value(fleet))] : [];

    private IEnumerable<Measurement<double>> Each(Func<InstanceSnapshot, double> value) =>
        from instance in _fleet?.Instances ?? []
        select new Measurement<double>(value(instance), Of(instance));

    private IEnumerable<Measurement<double>> States<TState>(Func<InstanceSnapshot, TState, double> value)
        where TState : struct, Enum =>
        from instance in _fleet?.Instances ?? []
        from state in Labels.All<TState>()
        select new Measurement<double>(
            value(instance, state.Value),
            Of(instance),
            new KeyValuePair<string, object?>(Metrics.State, state.Word));

    private static KeyValuePair<string, object?> Of(InstanceSnapshot instance) =>
        new(Metrics.Instance, instance.Id.Value);
}
