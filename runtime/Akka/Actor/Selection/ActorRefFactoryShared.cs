namespace Akka.Actor;

internal static class ActorRefFactoryShared
{
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system) =>
        new(((ExtendedActorSystem)system).Provider.RootGuardianAt(actorPath.Address), actorPath.Elements);

    /// <summary>A relative path starts at the anchor, an absolute one at the root.</summary>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef anchor)
    {
        var provider = ((ExtendedActorSystem)system).Provider;
        if (ActorPath.TryParse(path, out var actorPath))
            return new ActorSelection(provider.RootGuardianAt(actorPath.Address), actorPath.Elements);
        if (string.IsNullOrWhiteSpace(path))
            return new ActorSelection(provider.DeadLetters, "");
        return path[0] == '/'
            ? new ActorSelection(provider.RootGuardian, path[1..])
            : new ActorSelection(anchor, path);
    }
}
