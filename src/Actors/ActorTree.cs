using Akka.Actor;
using Akka.Hosting;
using AkkaComfy.Actors.Events;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Actors.Supervisor;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors;

/// <summary>
/// Plants the tree: <c>/user/journal</c>, <c>/user/events</c> and <c>/user/jobs</c>, under which everything else grows,
/// and who watches them.
/// </summary>
public static class ActorTree
{
    /// <summary>Starts the tree with the actor system; the supervisor is registered under its own type.</summary>
    public static AkkaConfigurationBuilder WithAkkaComfy(this AkkaConfigurationBuilder builder, IServiceProvider services) =>
        builder.WithActors((system, registry) =>
        {
            var supervisor = ServicesOf(services);
            var meters = services.GetRequiredService<ServiceMeters>();
            TelemetryActor.Start(system, meters);
            var journal = system.ActorOf(
                JobJournal.Props(supervisor.Store, supervisor.Logs.CreateLogger<JobJournal>()), "journal");
            var events = system.ActorOf(EventHub.Props(supervisor.Options), "events");
            var jobs = system.ActorOf(JobSupervisor.Props(supervisor, journal), "jobs");
            registry.Register<JobJournal>(journal);
            registry.Register<JobSupervisor>(jobs);
            system.ActorOf(VitalsActor.Props(meters, jobs, journal, events), "vitals");
            registry.Register<EventHub>(events);
            var loss = services.GetRequiredService<IVitalLoss>();
            system.ActorOf(Sentinel.Props(loss, journal, jobs, events), "sentinel");
            system.RegisterOnTermination(() => loss.Lost("the actor system"));
        });

    private static SupervisorServices ServicesOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<FleetOptions>();
        var comfy = services.GetRequiredService<IComfyFactory>();
        var store = services.GetRequiredService<IJobStore>();
        var blobs = services.GetRequiredService<IBlobStore>();
        var workflows = services.GetRequiredService<IWorkflowCatalog>();
        var logs = services.GetRequiredService<ILoggerFactory>();
        // The one place where chance enters the actors: handed in, so that a test can take it out.
        var chance = services.GetRequiredService<Random>();
        return new SupervisorServices(store, blobs, workflows, options,
        [
            .. options.Endpoints.Select(endpoint =>
                new InstanceServices(endpoint, comfy, blobs, workflows, options, logs, chance.NextDouble)),
        ], logs, chance.NextDouble)
        {
            Outputs = services.GetService<OutputFolder>(),
        };
    }
}
