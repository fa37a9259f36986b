using System.Diagnostics;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.OpenApi.Operations;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>The fleet and the service's health, live.</summary>
internal sealed class FleetEndpoints(JobsGateway gateway, ServiceSettings settings, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Made now, not at the first request: the uptime counts from here.
        var self = routes.ServiceProvider.GetRequiredService<FleetEndpoints>();
        routes.MapGet("/api/instances", (CancellationToken aborted) => self.InstancesAsync(aborted))
            .Describe(FleetOperations.List);
        routes.MapGet("/api/instances/{id}", (string id, CancellationToken aborted) => self.InstanceAsync(id, aborted))
            .Describe(FleetOperations.Get);
        routes.MapPost(
            "/api/instances/{id}/drain", (string id, CancellationToken aborted) => self.DrainAsync(id, aborted))
            .Describe(FleetOperations.Drain);
        routes.MapPost(
            "/api/instances/{id}/resume", (string id, CancellationToken aborted) => self.ResumeAsync(id, aborted))
            .Describe(FleetOperations.Resume);
        routes.MapGet("/api/jobs/processor/stats", (CancellationToken aborted) => self.ProcessorAsync(aborted))
            .Describe(FleetOperations.Processor);
        routes.MapGet("/health", (CancellationToken aborted) => self.HealthAsync(aborted))
            .Describe(FleetOperations.Health);
        routes.MapGet("/health/live", () => Probe("alive", isGood: true))
            .Describe(FleetOperations.Live);
        routes.MapGet("/health/ready", (CancellationToken aborted) => self.ReadyAsync(aborted))
            .Describe(FleetOperations.Ready);
    }

    private async Task<IResult> InstancesAsync(CancellationToken aborted) => new Answer<InstancesBody>(
        new InstancesBody(FleetBodies.All(await gateway.FleetAsync(aborted))), BodiesJson.Plain.InstancesBody);

    private async Task<IResult> InstanceAsync(string id, CancellationToken aborted) =>
        Shown(await gateway.InstanceAsync(Unescaped(id), aborted));

    private async Task<IResult> DrainAsync(string id, CancellationToken aborted) =>
        Shown(await gateway.DrainAsync(Unescaped(id), aborted));

    private async Task<IResult> ResumeAsync(string id, CancellationToken aborted) =>
        Shown(await gateway.ResumeAsync(Unescaped(id), aborted));

    private static IResult Shown(Instances.IReply reply) => reply switch
    {
        Instances.Shown shown => new Answer<InstanceBody>(
            FleetBodies.Instance(shown.Instance), BodiesJson.Plain.InstanceBody),
        Instances.Refused refused => new ProblemResult(ProblemMapping.From(refused.Why)),
        _ => throw new UnreachableException($"{reply.GetType().Name} shows no instance"),
    };

    /// <summary>A host with a base path has slashes, which routing leaves escaped.</summary>
    private static string Unescaped(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private async Task<IResult> ProcessorAsync(CancellationToken aborted) => new Answer<ProcessorBody>(
        FleetBodies.Processor(await gateway.FleetAsync(aborted), settings.MaxJobsPerInstance),
        BodiesJson.Plain.ProcessorBody);

    private async Task<IResult> HealthAsync(CancellationToken aborted)
    {
        var fleet = await gateway.FleetAsync(aborted);
        var health = FleetHealths.Of(fleet);
        var body = new HealthBody(
            SnakeCase.Of(health), time.GetUtcNow().UtcDateTime,
            Math.Round(time.GetElapsedTime(_start).TotalSeconds, 3), FleetBodies.All(fleet));
        return new Answer<HealthBody>(body, BodiesJson.Plain.HealthBody, StatusOf(health is FleetHealth.Healthy));
    }

    private async Task<IResult> ReadyAsync(CancellationToken aborted)
    {
        var isReady = !gateway.IsClosed
            && (await gateway.FleetAsync(aborted)).Instances.Any(instance => instance.State is InstanceState.Up);
        return Probe(isReady ? "ready" : "not_ready", isReady);
    }

    private static Answer<ProbeBody> Probe(string status, bool isGood) =>
        new(new ProbeBody(status), BodiesJson.Plain.ProbeBody, StatusOf(isGood));

    private static int StatusOf(bool isGood) =>
        isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}
