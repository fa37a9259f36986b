using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Akka.Actor;

/// <summary>Names an actor system: protocol and name, plus host and port when it can be reached from afar.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable, ICloneable
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
    public bool HasGlobalScope => !string.IsNullOrEmpty(Host);
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);
    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);
    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    public override string ToString()
    {
        var text = $"{Protocol}://{System}";
        if (HasGlobalScope)
            text += "@" + Host;
        return Port is { } port ? text + ":" + port.ToString(CultureInfo.InvariantCulture) : text;
    }

    public bool Equals(Address? other) =>
        other is not null && Port == other.Port && System == other.System && Host == other.Host &&
        Protocol == other.Protocol;

    public override bool Equals(object? obj) => Equals(obj as Address);
    public override int GetHashCode() => HashCode.Combine(Protocol, System, Host, Port);
    public int CompareTo(Address? other) => string.CompareOrdinal(ToString(), other?.ToString());
    public int CompareTo(object? obj) => CompareTo(obj as Address);
    public object Clone() => new Address(Protocol, System, Host, Port);
    public static bool operator ==(Address? left, Address? right) => Equals(left, right);
    public static bool operator !=(Address? left, Address? right) => !Equals(left, right);

    /// <summary>Reads <c>protocol://system[@host[:port]]</c>.</summary>
    /// <exception cref="UriFormatException">The text is no address.</exception>
    public static Address Parse(string address) =>
        TryParse(address, out var parsed)
            ? parsed
            : throw new UriFormatException($"Unable to parse [{address}] as address.");

    public static bool TryParse(string path, [NotNullWhen(true)] out Address? address) =>
        TryParse(path, out address, out _);

    internal static bool TryParse(string text, [NotNullWhen(true)] out Address? address, out string rest)
    {
        address = null;
        rest = "";
        if (string.IsNullOrEmpty(text))
            return false;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || !text.AsSpan(0, scheme).StartsWith("akka", StringComparison.OrdinalIgnoreCase))
            return false;
        var protocol = text[..scheme];
        var start = scheme + 3;
        var slash = text.IndexOf('/', start);
        var authority = slash < 0 ? text[start..] : text[start..slash];
        rest = slash < 0 ? "" : text[slash..];
        var at = authority.IndexOf('@');
        if (at < 0)
        {
            address = authority.Length == 0 || authority.Contains(':') ? null : new Address(protocol, authority);
            return address is not null;
        }
        var endpoint = authority[(at + 1)..];
        var colon = endpoint.LastIndexOf(':');
        if (at == 0 || endpoint.Length == 0)
            return false;
        if (colon < 0)
        {
            address = new Address(protocol, authority[..at], endpoint);
            return true;
        }
        if (!int.TryParse(endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        address = new Address(protocol, authority[..at], endpoint[..colon], port);
        return true;
    }
}
