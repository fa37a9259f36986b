namespace Akka.Actor;

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
