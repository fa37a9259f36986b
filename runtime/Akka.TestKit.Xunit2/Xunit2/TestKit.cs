using Akka.Actor.Setup;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base class of an xunit test that drives one actor system and shuts it down afterwards.</summary>
public class TestKit : TestKitBase, IDisposable
{
    private bool _disposed;

    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null) : base(Assertions, system) =>
        LogTo(output);
    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(Assertions, config, actorSystemName) => LogTo(output);
    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(Assertions, config, actorSystemName) => LogTo(output);
    public TestKit(string config, ITestOutputHelper? output = null)
        : base(Assertions, ConfigurationFactory.ParseString(config)) => LogTo(output);

    public static new Config DefaultConfig => TestKitBase.DefaultConfig;
    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;
    protected static XunitAssertions Assertions { get; } = new();
    protected ITestOutputHelper? Output { get; private set; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        if (disposing) AfterAll();
    }

    /// <summary>Runs once when the test has ended; shuts the actor system down.</summary>
    protected virtual void AfterAll() => Shutdown();

    protected void InitializeLogger(ActorSystem system)
    {
        if (Output is null) return;
        var logger = ((ExtendedActorSystem)system).SystemActorOf(
            Props.Create(() => new TestOutputLogger(Output)), "log-test");
        Wait(new ValueTask<LoggerInitialized>(
            logger.Ask<LoggerInitialized>(new InitializeLogger(system.EventStream), TestKitSettings.DefaultTimeout)));
    }

    private void LogTo(ITestOutputHelper? output)
    {
        Output = output;
        InitializeLogger(Sys);
    }
}
