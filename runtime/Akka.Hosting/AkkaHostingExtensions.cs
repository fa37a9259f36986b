using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Akka.Hosting;

/// <summary>Puts an actor system into a host.</summary>
public static class AkkaHostingExtensions
{
    public static IServiceCollection AddAkka(
        this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder> builder) =>
        services.AddAkka(actorSystemName, (it, _) => builder(it));

    public static IServiceCollection AddAkka(
        this IServiceCollection services, string actorSystemName,
        Action<AkkaConfigurationBuilder, IServiceProvider> builder)
    {
        if (services.Any(service => service.ServiceType == typeof(AkkaConfigurationBuilder)))
            throw new NotSupportedException("A second AddAkka on the same services.");

        services.AddLogging();
        services.AddSingleton(provider =>
        {
            var it = new AkkaConfigurationBuilder(actorSystemName);
            builder(it, provider);
            return it;
        });
        services.AddSingleton(provider => provider.GetRequiredService<AkkaConfigurationBuilder>().Build(provider));
        services.AddSingleton(provider => ActorRegistry.For(provider.GetRequiredService<ActorSystem>()));
        services.AddSingleton<IActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        services.AddSingleton<IReadOnlyActorRegistry>(provider => provider.GetRequiredService<ActorRegistry>());
        services.TryAddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
        services.AddHostedService<AkkaHostedService>();
        return services;
    }

    extension(AkkaConfigurationBuilder builder)
    {
        public AkkaConfigurationBuilder AddHocon(Config hocon, HoconAddMode addMode) =>
            builder.AddHoconConfiguration(hocon, addMode);

        public AkkaConfigurationBuilder AddHoconFile(string hoconFilePath, HoconAddMode addMode) =>
            builder.AddHocon(ConfigurationFactory.ParseString(File.ReadAllText(hoconFilePath)), addMode);

        public AkkaConfigurationBuilder WithActors(Action<ActorSystem, IActorRegistry> actorStarter) =>
            builder.StartActors(actorStarter);
        public AkkaConfigurationBuilder WithActors(
            Action<ActorSystem, IActorRegistry, IDependencyResolver> actorStarter) => builder.StartActors(actorStarter);
        public AkkaConfigurationBuilder WithActors(ActorStarter actorStarter) => builder.StartActors(actorStarter);
        public AkkaConfigurationBuilder WithActors(ActorStarterWithResolver actorStarter) =>
            builder.StartActors(actorStarter);

        public AkkaConfigurationBuilder WithExtension<T>() where T : IExtensionId => builder.WithExtensions(typeof(T));

        public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) =>
            builder.AddStartup((system, registry) =>
            {
                startupTask(system, registry);
                return Task.CompletedTask;
            });

        /// <param name="timeout">Zero or less stands for no timeout at all.</param>
        public AkkaConfigurationBuilder WithActorAskTimeout(TimeSpan timeout)
        {
            var text = timeout > TimeSpan.Zero
                ? timeout.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms"
                : "infinite";
            return builder.AddHocon($"akka.actor.ask-timeout = {text}", HoconAddMode.Prepend);
        }
    }
}
