using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Akka.Hosting;

/// <summary>Puts an actor system into a host.</summary>
public static class AkkaHostingExtensions
{
    public static IServiceCollection AddAkka(
        this IServiceCollection services, string actorSystemName, Action<AkkaConfigurationBuilder> builder) =>
        services.AddAkka(actorSystemName, (it, _) => builder(it));

    public static IServiceCollection AddAkka(
        this IServiceCollection services,
        string actorSystemName,
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

    public static AkkaConfigurationBuilder AddHocon(
        this AkkaConfigurationBuilder builder, Config hocon, HoconAddMode addMode) =>
        builder.AddHoconConfiguration(hocon, addMode);

    public static AkkaConfigurationBuilder AddHoconFile(
        this AkkaConfigurationBuilder builder, string hoconFilePath, HoconAddMode addMode) =>
        builder.AddHoconConfiguration(ConfigurationFactory.ParseString(File.ReadAllText(hoconFilePath)), addMode);

    public static AkkaConfigurationBuilder WithActors(
        this AkkaConfigurationBuilder builder, Action<ActorSystem, IActorRegistry> actorStarter) =>
        builder.StartActors(actorStarter);

    public static AkkaConfigurationBuilder WithActors(
        this AkkaConfigurationBuilder builder,
        Action<ActorSystem, IActorRegistry, IDependencyResolver> actorStarter) => builder.StartActors(actorStarter);

    public static AkkaConfigurationBuilder WithActors(
        this AkkaConfigurationBuilder builder, ActorStarter actorStarter) => builder.StartActors(actorStarter);

    public static AkkaConfigurationBuilder WithActors(
        this AkkaConfigurationBuilder builder, ActorStarterWithResolver actorStarter) =>
        builder.StartActors(actorStarter);

    public static AkkaConfigurationBuilder WithExtension<T>(this AkkaConfigurationBuilder builder)
        where T : IExtensionId => builder.WithExtensions(typeof(T));

    public static AkkaConfigurationBuilder AddStartup(
        this AkkaConfigurationBuilder builder, Action<ActorSystem, IActorRegistry> startupTask) =>
        builder.AddStartup((system, registry) =>
        {
            startupTask(system, registry);
            return Task.CompletedTask;
        });

    /// <param name="builder">What to configure.</param>
    /// <param name="timeout">Zero or less stands for no timeout at all.</param>
    public static AkkaConfigurationBuilder WithActorAskTimeout(
        this AkkaConfigurationBuilder builder, TimeSpan timeout)
    {
        var text = timeout > TimeSpan.Zero
            ? timeout.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms"
            : "infinite";
        return builder.AddHocon($"akka.actor.ask-timeout = {text}", HoconAddMode.Prepend);
    }
}
