using System.Text.RegularExpressions;

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

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path.Split('/'))
    {
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

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement
{
    internal static SelectionPathElement Parse(string element) => element switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when element.Contains('*') || element.Contains('?') => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}

/// <summary>To the child of that name.</summary>
public sealed class SelectChildName(string name) : SelectionPathElement
{
    public string Name { get; } = name;
    public override string ToString() => Name;
}

/// <summary>To all children whose names match: <c>*</c> any characters, <c>?</c> one.</summary>
public sealed class SelectChildPattern : SelectionPathElement
{
    private readonly Regex _pattern;

    public SelectChildPattern(string patternStr)
    {
        PatternStr = patternStr;
        var regex = Regex.Escape(patternStr)
            .Replace("\\*", ".*", StringComparison.Ordinal)
            .Replace("\\?", ".", StringComparison.Ordinal);
        _pattern = new Regex($"^{regex}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
    }

    public string PatternStr { get; }
    public bool Matches(string name) => _pattern.IsMatch(name);
    public override string ToString() => PatternStr;
}

/// <summary>To all children and theirs.</summary>
public sealed class SelectChildRecursive : SelectionPathElement
{
    public static readonly SelectChildRecursive Instance = new();

    private SelectChildRecursive()
    {
    }

    public override string ToString() => "**";
}

/// <summary>To the parent.</summary>
public sealed class SelectParent : SelectionPathElement
{
    public static readonly SelectParent Instance = new();

    private SelectParent()
    {
    }

    public override string ToString() => "..";
}

/// <summary>A message on its way along a selection.</summary>
public sealed class ActorSelectionMessage(
    object message, SelectionPathElement[] elements, bool wildCardFanOut = false)
    : IAutoReceivedMessage, IPossiblyHarmful
{
    public object Message { get; } = message;
    public SelectionPathElement[] Elements { get; } = elements;
    public bool WildCardFanOut { get; } = wildCardFanOut;

    public override string ToString() =>
        $"ActorSelectionMessage - Message: {Message} - WildCardFanOut: {WildCardFanOut} - " +
        $"Elements: {string.Join('/', (object[])Elements)}";

    internal void Deliver(IInternalActorRef anchor, IActorRef? sender) => Deliver(anchor, 0, sender);

    private void Deliver(IInternalActorRef here, int step, IActorRef? sender)
    {
        for (; step < Elements.Length; step++)
        {
            if (here is not ActorRefWithCell cell)
            {
                if (Elements[step] is not SelectChildName && Elements[step] is not SelectParent)
                    return;
                var rest = Elements.Skip(step).Select(static element => element.ToString()!).ToArray();
                var found = here.GetChild(rest);
                Hand(found.IsNobody() ? Missing(here, step) : found, sender);
                return;
            }
            switch (Elements[step])
            {
                case SelectParent:
                    // The root is its own parent.
                    here = cell.Path.Depth == 0 ? cell : cell.Parent;
                    break;
                case SelectChildName child:
                    here = Child(cell, child.Name);
                    if (here.IsNobody())
                    {
                        Hand(Missing(cell, step), sender);
                        return;
                    }
                    break;
                case SelectChildPattern pattern:
                    foreach (var match in cell.Children.Where(child => pattern.Matches(child.Path.Name)))
                        Deliver((IInternalActorRef)match, step + 1, sender);
                    return;
                case SelectChildRecursive:
                    foreach (var child in cell.Children)
                    {
                        Hand(child, sender);
                        Deliver((IInternalActorRef)child, step, sender);
                    }
                    return;
            }
        }
        Hand(here, sender);
    }

    private static IInternalActorRef Child(ActorRefWithCell parent, string name)
    {
        var child = parent.GetSingleChild(name);
        if (!child.IsNobody() || parent.Path.Depth > 0)
            return child;
        return name switch
        {
            "temp" => parent.Provider.TempContainer,
            "deadLetters" => (IInternalActorRef)parent.Provider.DeadLetters,
            _ => child,
        };
    }

    private EmptyLocalActorRef Missing(IInternalActorRef last, int step)
    {
        var path = last.Path / Elements.Skip(step).Select(static element => element.ToString()!);
        return new EmptyLocalActorRef(last.Provider, path, last.Provider.Settings.System.EventStream);
    }

    // A wildcard that found nobody is no loss; a name that leads nowhere is.
    private void Hand(IActorRef target, IActorRef? sender)
    {
        if (target is EmptyLocalActorRef && WildCardFanOut)
            target.Tell(this, sender);
        else
            target.Tell(Message, sender);
    }
}

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
