using AkkaComfy.Host.Endpoints;
using AkkaComfy.Messages;
using static AkkaComfy.Messages.InstanceState;

namespace AkkaComfy.Host.Tests.Endpoints;

public class FleetHealthTests
{
    [Theory]
    [InlineData(FleetHealth.Healthy, Up)]
    [InlineData(FleetHealth.Healthy, Up, Up)]
    [InlineData(FleetHealth.Healthy, Up, Draining)]
    [InlineData(FleetHealth.Degraded, Up, Open)]
    [InlineData(FleetHealth.Degraded, Up, Starting)]
    [InlineData(FleetHealth.Critical, Open, Open)]
    [InlineData(FleetHealth.Critical, Open, Starting)]
    [InlineData(FleetHealth.Critical, Open, Draining)]
    [InlineData(FleetHealth.Critical, Draining)]
    [InlineData(FleetHealth.Starting, Starting, Starting)]
    [InlineData(FleetHealth.Starting, Starting, Draining)]
    public void The_fleet_is_as_healthy_as_its_instances(FleetHealth expected, params InstanceState[] states)
    {
        var instances = states.Select((state, i) => new InstanceSnapshot(
            new InstanceId($"gpu:{i}"), $"gpu:{i}", state, CircuitPhase.Closed, 0, 2, null, null, []));

        Assert.Equal(expected, FleetHealths.Of(new FleetSnapshot([.. instances], 0, 4, 0, true)));
    }
}
