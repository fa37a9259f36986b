using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>The recipe of an actor: its type, its arguments and where it runs. Immutable, to be shared.</summary>
public class Props : IEquatable<Props>
{
    public static readonly Props None = null!;
    public static readonly Props Empty = Create<EmptyActor>();

    private readonly IIndirectActorProducer _producer;

    public Props() : this(Empty) { }
    public Props(Type type, params object?[]? args) : this(new ReflectiveProducer(type, args ?? []), args ?? []) { }

    private protected Props(IIndirectActorProducer producer, object?[] arguments)
    {
        _producer = producer;
        Arguments = arguments!;
    }

    protected Props(Props copy) : this(copy._producer, copy.Arguments)
    {
        SupervisorStrategy = copy.SupervisorStrategy;
        Dispatcher = copy.Dispatcher;
        Mailbox = copy.Mailbox;
    }

    public Type Type => _producer.ActorType;
    public string TypeName => Type.AssemblyQualifiedName!;
    public object[] Arguments { get; }

    /// <summary>Overrides the strategy of the actor's class; null leaves it.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private set; }

    public string Dispatcher { get; private set; } = Dispatch.Dispatchers.DefaultDispatcherId;
    public string Mailbox { get; private set; } = Dispatch.Mailboxes.DefaultMailboxId;

    public static Props Create<TActor>(params object?[] args) where TActor : ActorBase => Create(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        new Props(typeof(TActor)).WithSupervisorStrategy(supervisorStrategy);

    /// <param name="factory">A constructor call; its arguments are evaluated here, once.</param>
    /// <param name="supervisorStrategy">Overrides the strategy of the actor's class.</param>
    /// <exception cref="ArgumentException">The expression is not a constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression call)
            throw new ArgumentException(
                "The create function must be a 'new T (parameters)' expression", nameof(factory));
        var args = ConstructorCall.Evaluate(call.Arguments);
        var producer = call.Constructor is { } constructor
            ? new ReflectiveProducer(call.Type, args, constructor)
            : new ReflectiveProducer(call.Type, args);
        return new Props(producer, args) { SupervisorStrategy = supervisorStrategy };
    }

    public static Props Create(Type type, params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new Props(type, args);
    }

    public static Props CreateBy<TProducer>(params object?[] args) where TProducer : class, IIndirectActorProducer =>
        CreateBy((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!);

    public static Props CreateBy(IIndirectActorProducer producer, params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(producer);
        return new Props(producer, args);
    }

    public Props WithDispatcher(string dispatcher) => new(this) { Dispatcher = dispatcher };
    public Props WithMailbox(string mailbox) => new(this) { Mailbox = mailbox };

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        new(this) { SupervisorStrategy = supervisorStrategy };

    public virtual ActorBase NewActor() => _producer.Produce();
    internal void Release(ActorBase actor) => _producer.Release(actor);

    public bool Equals(Props? other) =>
        other is not null && (ReferenceEquals(this, other) ||
            (Type == other.Type && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox &&
                Equals(SupervisorStrategy, other.SupervisorStrategy) && Arguments.SequenceEqual(other.Arguments)));

    public override bool Equals(object? obj) => Equals(obj as Props);
    public override int GetHashCode() => HashCode.Combine(Type, Dispatcher, Mailbox);
    public override string ToString() => $"Props({Type})";

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
