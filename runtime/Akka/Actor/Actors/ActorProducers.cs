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
        var bestParameters = Array.Empty<ParameterInfo>();
        foreach (var candidate in type.GetConstructors())
        {
            var parameters = candidate.GetParameters();
            if (Takes(parameters, args) && (best is null || IsCloser(parameters, bestParameters, args)))
                (best, bestParameters) = (candidate, parameters);
        }
        return best ?? throw new MissingMethodException($"Constructor on type '{type}' not found.");
    }

    public static object?[] Evaluate(IReadOnlyList<Expression> arguments)
    {
        var values = new object?[arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(arguments[i]);
        return values;
    }

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

    private static bool Takes(ParameterInfo[] parameters, object?[] args)
    {
        if (parameters.Length != args.Length)
            return false;
        for (var i = 0; i < args.Length; i++)
        {
            var type = parameters[i].ParameterType;
            var takesNull = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
            if (args[i] is { } arg ? !type.IsInstanceOfType(arg) : !takesNull)
                return false;
        }
        return true;
    }

    private static bool IsCloser(ParameterInfo[] parameters, ParameterInfo[] best, object?[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var (mine, other) = (parameters[i].ParameterType, best[i].ParameterType);
            if (mine != other)
                return other.IsAssignableFrom(mine);
        }
        return false;
    }
}
