namespace Akka.Actor;

/// <summary>Something that a system has one of.</summary>
public interface IExtension;

/// <summary>Names an extension and makes it.</summary>
public interface IExtensionId
{
    Type ExtensionType { get; }
    object Apply(ActorSystem system);
    object Get(ActorSystem system);
    object CreateExtension(ExtendedActorSystem system);
}

/// <summary>Names an extension and makes it, typed.</summary>
public interface IExtensionId<out T> : IExtensionId where T : IExtension
{
    new T Apply(ActorSystem system);
    new T Get(ActorSystem system);
    new T CreateExtension(ExtendedActorSystem system);
}

/// <summary>The usual base of an extension's id.</summary>
public abstract class ExtensionIdProvider<T> : IExtensionId<T> where T : IExtension
{
    public Type ExtensionType => typeof(T);
    public T Apply(ActorSystem system) => (T)system.RegisterExtension(this);
    public T Get(ActorSystem system) => Apply(system);
    public abstract T CreateExtension(ExtendedActorSystem system);

    object IExtensionId.Apply(ActorSystem system) => Apply(system);
    object IExtensionId.Get(ActorSystem system) => Get(system);
    object IExtensionId.CreateExtension(ExtendedActorSystem system) => CreateExtension(system);
    public override bool Equals(object? obj) => obj is T;
    public override int GetHashCode() => typeof(T).GetHashCode();
}

/// <summary>Finds extensions by their type.</summary>
public static class ActorSystemWithExtensions
{
    public static T WithExtension<T, TI>(this ActorSystem system) where T : class, IExtension
        where TI : IExtensionId => (T)system.RegisterExtension(Activator.CreateInstance<TI>());

    public static T WithExtension<T>(this ActorSystem system, Type extensionId) where T : class, IExtension =>
        (T)system.RegisterExtension((IExtensionId)Activator.CreateInstance(extensionId)!);

    public static T WithExtension<T>(this ActorSystem system) where T : class, IExtension => system.GetExtension<T>();
}
