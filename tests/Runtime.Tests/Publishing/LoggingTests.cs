using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace AkkaComfy.Runtime.Tests.Publishing;

public sealed class LoggingTests : RuntimeTest
{
    public LoggingTests()
        : base("akka { loglevel = INFO, loggers = [] }")
    {
    }

    [Fact]
    public async Task An_actor_logs_with_its_path_as_source()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(Info));
        var a = NewPuppet(NewProbe(), "a");
        a.Do(self => self.Ctx.GetLogger().Info("{0} of {1}", 1, 2));
        var info = await log.Next<Info>();
        Assert.Equal("1 of 2", info.Message.ToString());
        Assert.Contains("akka://test/user/a", info.LogSource, StringComparison.Ordinal);
        Assert.Equal(typeof(Puppet), info.LogClass);
        Assert.Equal(LogLevel.InfoLevel, info.LogLevel());
    }

    [Fact]
    public async Task What_is_below_the_level_is_not_published()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(LogEvent));
        Assert.False(Sys.Log.IsDebugEnabled);
        Assert.True(Sys.Log.IsWarningEnabled);
        Sys.Log.Debug("quiet");
        Sys.Log.Warning("loud");
        Assert.Equal("loud", (await log.Next<Warning>()).Message.ToString());
    }

    [Fact]
    public async Task An_exception_travels_with_its_event()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(Error));
        var fault = new FormatException("x");
        Sys.Log.Error(fault, "failed {0}", "badly");
        var error = await log.Next<Error>();
        Assert.Same(fault, error.Cause);
        Assert.Equal("failed badly", error.Message.ToString());
    }

    [Fact]
    public async Task A_failure_of_an_actor_is_logged_with_its_cause()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(Error));
        var fault = new FormatException("x");
        NewPuppet(NewProbe(), "a").Fail(fault);
        var error = await log.Next<Error>();
        Assert.Same(fault, error.Cause);
        Assert.Equal("akka://test/user/a", error.LogSource);
    }

    [Fact]
    public async Task A_resumed_failure_is_logged_as_a_warning()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(Warning));
        var parent = NewPuppet(NewProbe(), "p", strategy: new OneForOneStrategy(_ => Directive.Resume));
        (await parent.Child(NewProbe(), "c")).Fail("x");
        Assert.Equal("x", (await log.Next<Warning>()).Message.ToString());
    }

    [Fact]
    public async Task A_configured_logger_receives_what_is_logged()
    {
        var name = typeof(Recording).AssemblyQualifiedName!.Replace("\"", "", StringComparison.Ordinal);
        var system = ActorSystem.Create("logs", ConfigurationFactory.ParseString(
            $"akka {{ loglevel = DEBUG, stdout-loglevel = OFF, loggers = [\"{name}\"] }}"));
        system.Log.Debug("to the logger");
        var seen = await Recording.Logged.Task.WaitAsync(Patience);
        Assert.Equal("to the logger", seen);
        await system.Terminate().WaitAsync(Patience);
    }

    [Theory]
    [InlineData("DEBUG", LogLevel.DebugLevel)]
    [InlineData("INFO", LogLevel.InfoLevel)]
    [InlineData("WARNING", LogLevel.WarningLevel)]
    [InlineData("ERROR", LogLevel.ErrorLevel)]
    public void Levels_have_names(string name, LogLevel level) => Assert.Equal(level, Logging.LogLevelFor(name));

    private sealed class Recording : ReceiveActor
    {
        public static readonly TaskCompletionSource<string> Logged = new();

        public Recording()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<Debug>(
                e => e.Message.ToString() == "to the logger", e => Logged.TrySetResult(e.Message.ToString()!));
            ReceiveAny(_ => { });
        }
    }
}
