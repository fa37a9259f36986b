namespace Akka.Actor;

/// <summary>Makes the strategy of the user guardian, named by <c>akka.actor.guardian-supervisor-strategy</c>.</summary>
public abstract class SupervisorStrategyConfigurator
{
    public abstract SupervisorStrategy Create();

    /// <exception cref="Configuration.ConfigurationException">The name is no configurator.</exception>
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName)
    {
        // The official types may be named with the official assembly.
        var name = typeName.Split(',')[0];
        if (name == typeof(DefaultSupervisorStrategy).FullName)
            return new DefaultSupervisorStrategy();
        if (name == typeof(StoppingSupervisorStrategy).FullName)
            return new StoppingSupervisorStrategy();
        var type = Akka.Util.TypeNames.Find(typeName);
        return type is not null && Activator.CreateInstance(type) is SupervisorStrategyConfigurator made
            ? made
            : throw new Configuration.ConfigurationException(
                $"Could not resolve SupervisorStrategyConfigurator type {typeName}");
    }
}

/// <summary>Restarts, as <see cref="SupervisorStrategy.DefaultStrategy"/> does.</summary>
public class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}

/// <summary>Stops whatever fails.</summary>
public class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}
