namespace Akka.Actor;

/// <summary>A message on its way along a selection.</summary>
public sealed class ActorSelectionMessage(object message, SelectionPathElement[] elements, bool wildCardFanOut = false)
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
