using AkkaComfy.Host.Http;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Listing;

/// <summary>Finds the instance that a client means by its id or its host.</summary>
internal static class InstanceNames
{
    /// <summary>A name that no instance has now may still be one of the past: it is taken for an id.</summary>
    public static Problem? Resolve(string name, FleetSnapshot fleet, out InstanceId id)
    {
        id = new InstanceId(name);
        if (fleet.Instances.Any(instance => instance.Id.Value == name))
        {
            return null;
        }

        var hosts = fleet.Instances
            .Where(instance => instance.Host.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (hosts.Count > 1)
        {
            return Query.Bad(
                "instance", name, $"one instance, but several have that host: {string.Join(", ", hosts.Select(it => it.Id))}");
        }

        id = hosts.Count == 1 ? hosts[0].Id : id;
        return null;
    }
}
