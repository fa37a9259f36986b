using AkkaComfy.Host.Endpoints.Bodies;

namespace AkkaComfy.Host.OpenApi.Operations;

/// <summary>The instances, and the health of the service.</summary>
internal static class FleetOperations
{
    public static OperationText List { get; } = new OperationText(Tags.Fleet, "listInstances", "The fleet, live")
        .Answers(Examples.Fleet);

    public static OperationText Get { get; } = new OperationText(Tags.Fleet, "getInstance", "One instance, live")
        .Answers(Examples.One)
        .Fails("unknown_instance");

    public static OperationText Drain { get; } = new OperationText(Tags.Fleet, "drainInstance", "Give an instance no more work")
        .Says("It finishes what it runs, until it is resumed. By id or host.")
        .Answers(Examples.One with { State = "draining" })
        .Fails("unknown_instance", "shutting_down");

    public static OperationText Resume { get; } = new OperationText(Tags.Fleet, "resumeInstance", "Give an instance work again")
        .Answers(Examples.One)
        .Fails("unknown_instance", "shutting_down");

    public static OperationText Processor { get; } = new OperationText(Tags.Fleet, "getProcessorStats", "What the processor of jobs does")
        .Answers(Examples.Processor);

    public static OperationText Health { get; } = new OperationText(Tags.Watching, "getHealth", "The health of the service")
        .Answers(Examples.Healthy, description: "Every instance that should work does.")
        .Answers(
            Examples.Healthy with { Status = "degraded" }, StatusCodes.Status503ServiceUnavailable,
            "`degraded`: an instance does not work; `critical`: none does; `starting`: none has been probed yet.");

    public static OperationText Live { get; } = new OperationText(Tags.Watching, "isLive", "Whether the process is alive")
        .Answers(new ProbeBody("alive"));

    public static OperationText Ready { get; } = new OperationText(Tags.Watching, "isReady", "Whether jobs can be done")
        .Answers(new ProbeBody("ready"), description: "An instance can be used.")
        .Answers(new ProbeBody("not_ready"), StatusCodes.Status503ServiceUnavailable, "None can, or the service is shutting down.");
}
