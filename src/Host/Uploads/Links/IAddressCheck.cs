using System.Net;
using System.Net.NetworkInformation;

namespace AkkaComfy.Host.Uploads.Links;

/// <summary>Decides to which addresses the service connects on a client's word.</summary>
internal interface IAddressCheck
{
    /// <summary>What the system's resolver says, unless a test says it.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);

    bool Allows(IPAddress address);
}

/// <summary>Only what anybody could reach, and not this machine by its own public address, where less is guarded.</summary>
/// <param name="own">The addresses of this machine; asked each time, since they change.</param>
internal sealed class PublicOnly(Func<IEnumerable<IPAddress>> own) : IAddressCheck
{
    public bool Allows(IPAddress address) => PublicAddresses.Contain(address) && !own().Contains(address);

    public static IEnumerable<IPAddress> OfInterfaces() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address);
}
