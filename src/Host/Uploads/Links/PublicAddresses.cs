using System.Net;
using System.Net.Sockets;

namespace AkkaComfy.Host.Uploads.Links;

/// <summary>Tells addresses of the public internet from all others: this machine's, its network's, and reserved ones.</summary>
internal static class PublicAddresses
{
    /// <summary>What of IPv4 is not public, after IANA's registry of special-purpose addresses.</summary>
    private static readonly IPNetwork[] NotPublic4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),        // unspecified, this network
        IPNetwork.Parse("10.0.0.0/8"),       // private
        IPNetwork.Parse("100.64.0.0/10"),    // shared by a carrier's customers
        IPNetwork.Parse("127.0.0.0/8"),      // loopback
        IPNetwork.Parse("169.254.0.0/16"),   // link-local, and where clouds keep their metadata
        IPNetwork.Parse("172.16.0.0/12"),    // private
        IPNetwork.Parse("192.0.0.0/24"),     // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"),     // documentation
        IPNetwork.Parse("192.31.196.0/24"),  // AS112
        IPNetwork.Parse("192.52.193.0/24"),  // automatic multicast tunnels
        IPNetwork.Parse("192.88.99.0/24"),   // relays of 6to4
        IPNetwork.Parse("192.168.0.0/16"),   // private
        IPNetwork.Parse("192.175.48.0/24"),  // AS112
        IPNetwork.Parse("198.18.0.0/15"),    // benchmarks
        IPNetwork.Parse("198.51.100.0/24"),  // documentation
        IPNetwork.Parse("203.0.113.0/24"),   // documentation
        IPNetwork.Parse("224.0.0.0/4"),      // multicast
        IPNetwork.Parse("240.0.0.0/4"),      // reserved, broadcast
    ];

    /// <summary>
    /// Outside it are loopback, unspecified, link-local, unique-local and multicast addresses, and those that hold an IPv4
    /// address: mapped, compatible, and translated by NAT64.
    /// </summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>What of that is not public, or holds an IPv4 address that may be anything.</summary>
    private static readonly IPNetwork[] NotPublic6 =
    [
        IPNetwork.Parse("2001::/23"),        // protocol assignments, Teredo among them
        IPNetwork.Parse("2001:db8::/32"),    // documentation
        IPNetwork.Parse("2002::/16"),        // 6to4
        IPNetwork.Parse("2620:4f:8000::/48"), // AS112
        IPNetwork.Parse("3fff::/20"),        // documentation
    ];

    public static bool Contain(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(NotPublic4, network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && GlobalUnicast.Contains(address)
            && !Array.Exists(NotPublic6, network => network.Contains(address)),
        _ => false,
    };
}
