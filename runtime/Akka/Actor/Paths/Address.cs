using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>Names an actor system: protocol and name, plus host and port when it can be reached from afar.</summary>
public sealed partial record Address : IComparable<Address>, IComparable
{
    public static readonly Address AllSystems = new("akka", "all-systems");

    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
    }

    public string Protocol { get; }
    public string System { get; }
    public string? Host { get; }
    public int? Port { get; }
    public bool HasLocalScope => string.IsNullOrEmpty(Host);
    public bool HasGlobalScope => !HasLocalScope;
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);
    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);
    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    public override string ToString() =>
        $"{Protocol}://{System}{(HasGlobalScope ? "@" : "")}{Host}{(Port is null ? "" : ":")}{Port}";

    public int CompareTo(Address? other) => string.CompareOrdinal(ToString(), other?.ToString());
    public int CompareTo(object? obj) => CompareTo(obj as Address);

    /// <summary>Reads <c>protocol://system[@host[:port]]</c>.</summary>
    /// <exception cref="UriFormatException">The text is no address.</exception>
    public static Address Parse(string address) => TryParse(address, out var parsed)
        ? parsed
        : throw new UriFormatException($"Unable to parse [{address}] as address.");

    public static bool TryParse(string path, [NotNullWhen(true)] out Address? address) =>
        TryParse(path, out address, out _);

    internal static bool TryParse(string text, [NotNullWhen(true)] out Address? address, out string rest)
    {
        (address, rest) = (null, "");
        if (text is null || Pattern().Match(text) is not { Success: true, Groups: var part })
            return false;
        int? port = part["port"].Success ? int.Parse(part["port"].ValueSpan, CultureInfo.InvariantCulture) : null;
        var host = part["host"].Success ? part["host"].Value : null;
        address = new Address(part["protocol"].Value, part["system"].Value, host, port);
        rest = part["rest"].Value;
        return true;
    }

    [GeneratedRegex(
        @"^(?<protocol>[aA][kK]{2}[aA][^:/]*)://(?<system>[^@:/]+)" +
        @"(@(?<host>[^@:/]+|\[[^]/]*\])(:(?<port>\d{1,9}))?)?(?<rest>/.*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
