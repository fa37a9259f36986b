using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes actors for those who create them themselves, such as a container.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }
    ActorBase Produce();
    void Release(ActorBase actor);
}

/// <summary>Creates actors through a constructor that is looked up once per recipe.</summary>
internal sealed class ReflectiveProducer : IIndirectActorProducer
{
    private readonly object?[] _args;
    private ConstructorInvoker? _invoker;

    public ReflectiveProducer(Type type, object?[] args)
    {
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"The actor type [{type}] does not derive from ActorBase.", nameof(type));
        ActorType = type;
        _args = args;
    }

    public ReflectiveProducer(Type type, object?[] args, ConstructorInfo constructor) : this(type, args) =>
        _invoker = ConstructorCall.InvokerOf(constructor);

    public Type ActorType { get; }

    public ActorBase Produce()
    {
        try
        {
            _invoker ??= ConstructorCall.InvokerOf(ConstructorCall.Find(ActorType, _args));
            return (ActorBase)_invoker.Invoke(_args.AsSpan());
        }
        catch (Exception e)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {ActorType} with {_args.Length} args: " +
                $"({string.Join(",", _args)})", e);
        }
    }

    public void Release(ActorBase actor) { }
}

/// <summary>Finds constructors and evaluates their arguments without compiling anything.</summary>
internal static class ConstructorCall
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<ConstructorInfo, ConstructorInvoker>
        Invokers = new();

    public static ConstructorInvoker InvokerOf(ConstructorInfo constructor) =>
        Invokers.GetOrAdd(constructor, ConstructorInvoker.Create);

    /// <summary>The public constructor that takes these arguments, the most specific one if there are many.</summary>
    /// <exception cref="MissingMethodException">There is none.</exception>
    public static ConstructorInfo Find(Type type, object?[] args)
    {
        ConstructorInfo? best = null;
        foreach (var candidate in type.GetConstructors())
        {
            if (Takes(candidate, args) && (best is null || IsCloser(candidate, best)))
                best = candidate;
        }
        return best ?? throw new MissingMethodException($"Constructor on type '{type}' not found.");
    }

    public static object?[] Evaluate(IEnumerable<Expression> arguments) => [.. arguments.Select(Evaluate)];

    private static object? Evaluate(Expression expression)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                return constant.Value;
            case MemberExpression { Member: FieldInfo field } access:
                return field.GetValue(access.Expression is null ? null : Evaluate(access.Expression));
            case UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
                when !convert.Type.IsValueType || convert.Type == convert.Operand.Type:
                return Evaluate(convert.Operand);
            default:
                var boxed = Expression.Convert(expression, typeof(object));
                return Expression.Lambda<Func<object?>>(boxed).Compile(preferInterpretation: true)();
        }
    }

    private static bool Takes(ConstructorInfo constructor, object?[] args) =>
        constructor.GetParameters() is var parameters && parameters.Length == args.Length
        && parameters.Zip(args).All(static it => Takes(it.First.ParameterType, it.Second));

    private static bool Takes(Type type, object? arg) => arg is null
        ? !type.IsValueType || Nullable.GetUnderlyingType(type) is not null
        : type.IsInstanceOfType(arg);

    // The first parameter that differs decides.
    private static bool IsCloser(ConstructorInfo candidate, ConstructorInfo best) => candidate.GetParameters()
        .Zip(best.GetParameters(), static (mine, other) => (Mine: mine.ParameterType, Other: other.ParameterType))
        .FirstOrDefault(static it => it.Mine != it.Other) is { Other: { } other, Mine: var mine }
            && other.IsAssignableFrom(mine);
}
