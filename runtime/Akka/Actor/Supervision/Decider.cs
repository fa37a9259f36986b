namespace Akka.Actor;

/// <summary>What a supervisor does with a child that failed.</summary>
public enum Directive
{
    Resume,
    Restart,
    Escalate,
    Stop,
}

/// <summary>Maps an exception to what is to be done about it.</summary>
public interface IDecider
{
    Directive Decide(Exception cause);
}

/// <summary>Makes deciders.</summary>
public static class Decider
{
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);

    public static DeployableDecider From(
        Directive defaultDirective, params IEnumerable<KeyValuePair<Type, Directive>> pairs) =>
        new(defaultDirective, pairs);
}

/// <summary>Writes the pairs of a decider: <c>Directive.Stop.When&lt;IOException&gt;()</c>.</summary>
public static class DirectiveExtensions
{
    public static KeyValuePair<Type, Directive> When<TException>(this Directive directive)
        where TException : Exception => new(typeof(TException), directive);
}

/// <summary>A decider in code.</summary>
public class LocalOnlyDecider(Func<Exception, Directive> decider) : IDecider
{
    public Directive Decide(Exception cause) => decider(cause);
}

/// <summary>A decider as a table: the first pair whose exception type fits, else the default.</summary>
public class DeployableDecider(Directive defaultDirective, params IEnumerable<KeyValuePair<Type, Directive>> pairs)
    : IDecider
{
    public Directive DefaultDirective { get; } = defaultDirective;
    public KeyValuePair<Type, Directive>[] Pairs { get; } = [.. pairs];

    public Directive Decide(Exception cause) => Pairs
        .Where(pair => pair.Key.IsInstanceOfType(cause))
        .Select(static pair => pair.Value)
        .FirstOrDefault(DefaultDirective);
}
