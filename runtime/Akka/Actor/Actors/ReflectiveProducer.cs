using System.Reflection;

namespace Akka.Actor;

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
