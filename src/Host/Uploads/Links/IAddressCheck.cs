using System.Net;

namespace AkkaComfy.Host.Uploads.Links;

/// <summary>Decides to which addresses the service connects on a client's word.</summary>
internal interface IAddressCheck
{
    /// <summary>What the system's resolver says, unless a test says it.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);

    bool Allows(IPAddress address);
}

/// <summary>Only what anybody could reach: neither this machine nor its network.</summary>
internal sealed class PublicOnly : IAddressCheck
{
    public bool Allows(IPAddress address) => PublicAddresses.Contain(address);
}
