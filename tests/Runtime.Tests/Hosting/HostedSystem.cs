using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Runtime.Tests.Hosting;

/// <summary>A host with an actor system in it.</summary>
internal static class HostedSystem
{
    public const string Quiet = "akka.stdout-loglevel = OFF";

    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static async Task<IHost> Start(
        Action<AkkaConfigurationBuilder, IServiceProvider> configure,
        Action<IServiceCollection>? services = null,
        ILoggerProvider? logs = null)
    {
        var host = new HostBuilder()
            .ConfigureLogging(logging =>
            {
                if (logs is not null)
                    logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
            })
            .ConfigureServices(collection =>
            {
                services?.Invoke(collection);
                collection.AddAkka("hosted", (builder, provider) =>
                {
                    builder.AddHocon(Quiet, HoconAddMode.Append);
                    configure(builder, provider);
                });
            })
            .Build();
        await host.StartAsync().WaitAsync(Soon);
        return host;
    }

    public static Task<IHost> Start(Action<AkkaConfigurationBuilder> configure) =>
        Start((builder, _) => configure(builder));

    public static ActorSystem System(this IHost host) => host.Services.GetRequiredService<ActorSystem>();
}
