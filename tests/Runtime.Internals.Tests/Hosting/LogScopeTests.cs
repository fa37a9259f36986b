using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AkkaComfy.Runtime.Internals.Tests.Hosting;

public sealed class LogScopeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_an_actor_logs_carries_its_path_and_its_class()
    {
        using var logs = new ScopeRecorder();
        using var host = new HostBuilder()
            .ConfigureLogging(logging => logging.AddProvider(logs))
            .ConfigureServices(services => services.AddAkka("scoped", builder => builder
                .AddHocon("akka.stdout-loglevel = OFF", HoconAddMode.Append)
                .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory())))
            .Build();
        await host.StartAsync().WaitAsync(Soon);

        var actor = host.Services.GetRequiredService<ActorSystem>().ActorOf(Props.Create(() => new Chatty()), "chatty");
        actor.Tell("hello");

        var (category, scope) = await logs.Recorded.Task.WaitAsync(Soon);
        Assert.EndsWith(nameof(Chatty), category, StringComparison.Ordinal);
        Assert.StartsWith("akka://scoped/user/chatty", (string)scope["ActorPath"]!, StringComparison.Ordinal);
        Assert.True(scope.ContainsKey("LogSource"));
        await host.StopAsync().WaitAsync(Soon);
    }

    private sealed class Chatty : UntypedActor
    {
        protected override void OnReceive(object message) => Context.GetLogger().Info("said {0}", message);
    }

    private sealed class ScopeRecorder : ILoggerProvider
    {
        public TaskCompletionSource<(string Category, Dictionary<string, object?> Scope)> Recorded { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => new Category(categoryName, this);

        public void Dispose()
        {
        }

        private sealed class Category(string name, ScopeRecorder recorder) : ILogger
        {
            private Dictionary<string, object?>? _scope;

            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                _scope = state as Dictionary<string, object?>;
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel,
                EventId eventId,
                TState state,
                Exception? exception,
                Func<TState, Exception?, string> formatter)
            {
                if (_scope is { } scope && formatter(state, exception).Contains("said hello", StringComparison.Ordinal))
                    recorder.Recorded.TrySetResult((name, scope));
            }
        }
    }
}
