namespace Akka.Streams.Dsl;

/// <summary>A complete graph.</summary>
public interface IRunnableGraph<TMat> : IGraph<ClosedShape, TMat>
{
    IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func);

    /// <summary>Starts the stream and returns its materialized value.</summary>
    TMat Run(IMaterializer materializer);

    IRunnableGraph<TMat> AddAttributes(Attributes attributes);

    IRunnableGraph<TMat> WithAttributes(Attributes attributes);

    IRunnableGraph<TMat> Named(string name);
}

internal sealed class RunnableGraph<TMat>(Func<Scope, TMat> run) : IRunnableGraph<TMat>, IRunnableBlueprint<TMat>
{
    public IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func) =>
        new RunnableGraph<TMat2>(scope => func(run(scope)));

    public TMat Run(IMaterializer materializer) => materializer.Materialize(this);
    public IRunnableGraph<TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public IRunnableGraph<TMat> WithAttributes(Attributes attributes) =>
        new RunnableGraph<TMat>(scope => run(scope.With(attributes)));

    public IRunnableGraph<TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    TMat IRunnableBlueprint<TMat>.Run(Scope scope) => run(scope);
}

/// <summary>Which materialized value two connected parts of a graph yield together.</summary>
public static class Keep
{
    public static TLeft Left<TLeft, TRight>(TLeft left, TRight right) => left;
    public static TRight Right<TLeft, TRight>(TLeft left, TRight right) => right;
    public static (TLeft, TRight) Both<TLeft, TRight>(TLeft left, TRight right) => (left, right);

    public static NotUsed None<TLeft, TRight>(TLeft left, TRight right) => NotUsed.Instance;
}
