namespace Akka.Actor;

/// <summary>A place in the tree, or a pattern of places, that messages can be sent to.</summary>
public class ActorSelection : ICanTell
{
    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
    {
        Anchor = anchor;
        Path = [.. elements.Where(static element => element.Length > 0).Select(SelectionPathElement.Parse)];
        if (Path.SkipLast(1).OfType<SelectChildRecursive>().Any())
            throw new IllegalActorNameException("Double wildcard can only appear at the last path entry");
    }

    public ActorSelection(IActorRef anchor, string path) : this(anchor, path.Split('/')) { }

    internal static ActorSelection Of(ActorPath path, ActorSystem system) =>
        new(((ExtendedActorSystem)system).Provider.RootGuardianAt(path.Address), path.Elements);

    /// <summary>A relative path starts at the anchor, an absolute one at the root.</summary>
    internal static ActorSelection Of(string path, ActorSystem system, IActorRef anchor)
    {
        if (ActorPath.TryParse(path, out var absolute))
            return Of(absolute, system);
        var provider = ((ExtendedActorSystem)system).Provider;
        if (string.IsNullOrWhiteSpace(path))
            return new ActorSelection(provider.DeadLetters, "");
        return path[0] == '/' ? new(provider.RootGuardian, path[1..]) : new(anchor, path);
    }

    public IActorRef Anchor { get; }
    public SelectionPathElement[] Path { get; }
    public string PathString => "/" + string.Join('/', Path.Select(static element => element.ToString()));

    public void Tell(object message, IActorRef? sender = null) =>
        new ActorSelectionMessage(message, Path, Path.Any(IsPattern))
            .Deliver((IInternalActorRef)Anchor, sender ?? ActorCell.GetCurrentSelfOrNoSender());

    /// <exception cref="ActorNotFoundException">No actor answered within the timeout.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <inheritdoc cref="ResolveOne(TimeSpan)"/>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct).ConfigureAwait(false);
            return identity.Subject
                ?? throw new ActorNotFoundException("subject was null");
        }
        catch (Exception e) when (e is AskTimeoutException or OperationCanceledException)
        {
            throw new ActorNotFoundException("Exception occurred while resolving ActorSelection", e);
        }
    }

    private static bool IsPattern(SelectionPathElement element) => element is SelectChildPattern or SelectChildRecursive;

    public override bool Equals(object? obj) =>
        obj is ActorSelection other && Anchor.Equals(other.Anchor) && PathString == other.PathString;

    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);
    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path.ToStringWithUid()}), Path({PathString})]";
}
