using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Akka.Actor;

/// <summary>The place of an actor in the tree of its system, with the uid that tells its incarnations apart.</summary>
public abstract class ActorPath(string name, long uid) : IEquatable<ActorPath>, IComparable<ActorPath>, IComparable
{
    private const string ValidSymbols = "-_.*$+:@&=,!~';()\"";

    internal const int UndefinedUid = 0;

    public string Name { get; } = name;
    public long Uid { get; } = uid;
    public abstract ActorPath Root { get; }
    public abstract Address Address { get; }
    public abstract ActorPath Parent { get; }
    public abstract int Depth { get; }
    public abstract ActorPath WithUid(long uid);

    public IReadOnlyList<string> Elements
    {
        get
        {
            var depth = Depth;
            var elements = new string[depth];
            for (var path = this; depth > 0; path = path.Parent)
                elements[--depth] = path.Name;
            return elements;
        }
    }

    public ActorPath Child(string childName) => this / childName;

    public static ActorPath operator /(ActorPath path, string name)
    {
        var hash = name.IndexOf('#');
        return hash < 0 || !long.TryParse(name.AsSpan(hash + 1), CultureInfo.InvariantCulture, out var uid)
            ? new ChildActorPath(path, name, UndefinedUid)
            : new ChildActorPath(path, name[..hash], uid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) =>
        name.Where(part => part.Length > 0).Aggregate(path, static (parent, child) => parent / child);

    public static bool operator ==(ActorPath? left, ActorPath? right) => Equals(left, right);
    public static bool operator !=(ActorPath? left, ActorPath? right) => !Equals(left, right);

    /// <summary>Whether <paramref name="s"/> may name an actor: URI-safe, and no leading <c>$</c>.</summary>
    public static bool IsValidPathElement(string? s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (char.IsAsciiLetterOrDigit(c) || ValidSymbols.Contains(c))
                continue;
            if (c != '%' || i + 2 >= s.Length || !char.IsAsciiHexDigit(s[i + 1]) || !char.IsAsciiHexDigit(s[i + 2]))
                return false;
            i += 2;
        }
        return true;
    }

    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <exception cref="UriFormatException">The text is no absolute actor path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        if (!Address.TryParse(path, out var address, out var rest))
            return false;
        actorPath = new RootActorPath(address) / rest.Split('/');
        return true;
    }

    public static bool TryParseAddress(string path, [NotNullWhen(true)] out Address? address) =>
        Address.TryParse(path, out address, out _);

    public string ToStringWithoutAddress() => "/" + string.Join('/', Elements);
    public string ToStringWithAddress() => ToStringWithAddress(Address);

    public string ToStringWithAddress(Address address) =>
        (Address.HasGlobalScope ? Address : address) + ToStringWithoutAddress();

    public string ToStringWithUid() =>
        Uid == UndefinedUid ? ToString() : string.Create(CultureInfo.InvariantCulture, $"{ToString()}#{Uid}");

    public string ToSerializationFormat() => ToStringWithUid();
    public override string ToString() => ToStringWithAddress();

    public bool Equals(ActorPath? other)
    {
        if (other is null || other.Depth != Depth)
            return false;
        var mine = this;
        while (mine is ChildActorPath)
        {
            if (ReferenceEquals(mine, other))
                return true;
            if (mine.Name != other!.Name)
                return false;
            mine = mine.Parent;
            other = other.Parent;
        }
        return mine.Address.Equals(other!.Address);
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);
    public override int GetHashCode() => HashCode.Combine(Name, Depth, Depth > 0 ? Parent.Name : "");
    public int CompareTo(ActorPath? other) => string.CompareOrdinal(ToString(), other?.ToString());
    public int CompareTo(object? obj) => CompareTo(obj as ActorPath);
}

/// <summary>The path of a system's root, <c>akka://system/</c>.</summary>
public sealed class RootActorPath(Address address, string name = "") : ActorPath(name, UndefinedUid)
{
    public override ActorPath Root => this;
    public override Address Address { get; } = address;
    public override ActorPath Parent => this;
    public override int Depth => 0;

    public override ActorPath WithUid(long uid) => uid == UndefinedUid
        ? this
        : throw new NotSupportedException("RootActorPath must have undefined Uid");
}

/// <summary>The path of any actor but the root.</summary>
public sealed class ChildActorPath(ActorPath parentPath, string name, long uid) : ActorPath(name, uid)
{
    public override ActorPath Root
    {
        get
        {
            var path = Parent;
            while (path is ChildActorPath)
                path = path.Parent;
            return path;
        }
    }

    public override Address Address => Root.Address;
    public override ActorPath Parent { get; } = parentPath;

    public override int Depth
    {
        get
        {
            var depth = 1;
            for (var path = Parent; path is ChildActorPath; path = path.Parent)
                depth++;
            return depth;
        }
    }

    public override ActorPath WithUid(long uid) => uid == Uid ? this : new ChildActorPath(Parent, Name, uid);
}
