using Akka.Actor;
using Akka.Configuration;

namespace AkkaComfy.Runtime.Tests;

/// <summary>A fresh actor system for each test, ended with it.</summary>
public abstract class RuntimeTest : IAsyncLifetime
{
    /// <summary>Far beyond what anything here takes, so that a hang fails instead of waiting for ever.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Config Quiet = ConfigurationFactory.ParseString(
        "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }");

    protected RuntimeTest(string config = "") =>
        Sys = ActorSystem.Create("test", ConfigurationFactory.ParseString(config).WithFallback(Quiet));

    protected ActorSystem Sys { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Sys.Terminate().WaitAsync(Patience);

    protected Probe NewProbe() => new(Sys);

    protected IActorRef NewPuppet(Probe log, string name, Script? script = null, SupervisorStrategy? strategy = null) =>
        Sys.ActorOf(Puppet.Recipe(log, script, strategy), name);
}
