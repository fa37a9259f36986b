namespace Akka.Actor;

/// <summary>A decider as a table: the first pair whose exception type fits, else the default.</summary>
public class DeployableDecider : IDecider
{
    public DeployableDecider(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs)
    {
        DefaultDirective = defaultDirective;
        Pairs = [.. pairs];
    }

    public DeployableDecider(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs)
        : this(defaultDirective, pairs.AsEnumerable()) { }

    public Directive DefaultDirective { get; }
    public KeyValuePair<Type, Directive>[] Pairs { get; }

    public Directive Decide(Exception cause)
    {
        foreach (var (type, directive) in Pairs)
        {
            if (type.IsInstanceOfType(cause))
                return directive;
        }
        return DefaultDirective;
    }
}
