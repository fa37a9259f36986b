using System.Net;
using AkkaComfy.Core.Net;

namespace AkkaComfy.Host.Uploads.Links;

/// <summary>Decides to which addresses the service connects on a client's word.</summary>
internal interface IAddressCheck
{
    bool Allows(IPAddress address);
}

/// <summary>Only what anybody could reach: neither this machine nor its network.</summary>
internal sealed class PublicOnly : IAddressCheck
{
    public bool Allows(IPAddress address) => PublicAddresses.Contain(address);
}
