using AkkaComfy.Host.Events;

namespace AkkaComfy.Host.Endpoints.Events;

/// <summary>What the streams of events are made of.</summary>
internal static class EventServices
{
    public static IServiceCollection AddLiveEvents(this IServiceCollection services) => services
        .AddSingleton<EventsGateway>()
        .AddSingleton<JobEvents>()
        .AddSingleton<AllEvents>()
        .AddSingleton<EventEndpoints>();
}
