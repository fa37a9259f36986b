using AkkaComfy.Host.Endpoints;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.OpenApi;

/// <summary>The story that the document's examples tell: one job, which a fleet of one has done.</summary>
internal static class Examples
{
    private const string Instance = "gpu-1:8188";
    private const string PromptId = "8b4f2a56-0c1d-4e7a-9b1e-5d0f6a3c2e10";

    private static readonly JobId Job = new(new Guid("01a202b5-8857-7303-b83e-58d3782711bb"));
    private static readonly DateTime Created = new(2026, 11, 22, 10, 3, 1, DateTimeKind.Utc);
    private static readonly DateTime Ended = Created.AddSeconds(18.7);

    public static AcceptedBody Accepted { get; } = new(
        Job.ToString(), "pending", "Job submitted successfully. Follow status_url.", "4-9 seconds", 6.2, 3,
        Routes.Status(Job), Routes.Result(Job), Routes.Events(Job));

    public static PromptBody Prompt { get; } = new(new Dictionary<string, PromptNodeBody>
    {
        ["1"] = new("LoadImage", new Dictionary<string, object> { ["image"] = "cat.png" }),
        ["2"] = new("SaveImage", new Dictionary<string, object>
        {
            ["images"] = new object[] { "1", 0 }, ["filename_prefix"] = "copy",
        }),
    })
    {
        Files = new Dictionary<string, string> { ["cat.png"] = InputShapes.Pixel },
    };

    public static StatusBody Status { get; } = new(
        Job.ToString(), "processing", "upscale-image", 3, Created, Created.AddSeconds(2), null, null, 4.2, 8.4, 33,
        new NodeBody("2", "ImageUpscaleWithModel"), Instance, 1, null, null);

    private static readonly JobOutputBody Output = new(
        0, "3", "images", "upscaled_00001_.png", "image/png", 123_456, Routes.Output(Job, 0));

    public static ResultBody Result { get; } = new(
        Job.ToString(), "completed", "upscale-image", 18.7, Instance,
        new ResultContentBody("data:image/png;base64,iVBORw0KGgo=", PromptId, [Output]));

    public static CancelBody Cancelled { get; } = new(
        Job.ToString(), "The job is being cancelled. Follow status_url.", Routes.Status(Job));

    public static JobInfoBody Info { get; } = new(Status with
    {
        Status = "completed", CompletedAt = Ended, ProcessingTimeSeconds = 16.7, EstimatedRemainingTimeSeconds = null,
        ProgressPercentage = 100, CurrentNode = null,
    })
    {
        Priority = 0,
        CancelRequested = false,
        ExpiresAt = Ended.AddMinutes(5),
        Inputs = new Dictionary<string, JobInputBody>
        {
            ["imageFile"] = new("image")
            {
                MediaType = "image/png", Size = 20_480, Width = 256, Height = 256,
                Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            },
        },
        Attempts = [new AttemptBody(1, Instance, PromptId, Created, Created.AddSeconds(2), Ended, "completed", null)],
        Outputs = [Output],
    };

    public static JobListBody List { get; } = new([Status], 1, null);

    public static JobStatsBody Stats { get; } = new(
        3,
        new Dictionary<string, int>
        {
            ["pending"] = 0, ["processing"] = 1, ["completed"] = 2, ["failed"] = 0, ["cancelled"] = 0,
        },
        new SortedDictionary<string, int> { ["remove-background"] = 1, ["upscale-image"] = 2 },
        new SortedDictionary<string, int> { [Instance] = 3 });

    public static DeletedBody Deleted { get; } = new($"The job {Job} and its files are deleted.");

    public static CleanupBody CleanedUp { get; } = new("2 ended jobs are cleaned up.", 2);

    public static InstanceBody One { get; } = new(
        Instance, Instance, "up", "closed", 1, 2, 0.5, 1, ["vram-24"], Ended, null, ["online"], Created, [],
        new ServerBody(
            Created, "0.3.64", "3.12.3", "2.8.0+cu128", "posix", 67_448_889_344, 52_428_800_000,
            [new DeviceBody("cuda:0 NVIDIA RTX 4090", "cuda", 25_386_352_640, 21_474_836_480)]),
        [new CircuitChangeBody("open", "closed", null, Created, 12.5)]);

    public static InstancesBody Fleet { get; } = new([One]);

    public static ProcessorBody Processor { get; } = new(true, 1, 2, 2, 0, [One]);

    public static HealthBody Healthy { get; } = new("healthy", Ended, 3600.5, [One]);

    public static WorkflowBody Workflow { get; } = new(
        "upscale-image", "Upscale an image", "Enlarges an image four times.", "4f1c2a9be07d3385", "/api/upscale-image",
        new Dictionary<string, InputBody> { ["imageFile"] = new("image", true) { Description = "The image." } },
        [new OutputNodeBody("3", "image")]);

    public static WorkflowsBody Workflows { get; } = new(
        [Workflow],
        [
            new RefusedFolderBody("half-done", null, Ended,
                [new WorkflowProblemBody("manifest.json", "inputs.steps.bind", "there is no node 7")]),
        ]);

    private static readonly TimesBody Times = new(2.4, 2.3, 3.9, 4.6);

    public static MetricsBody Metrics { get; } = new(
        3600.5, new JobMetricsBody(12, 10, 8, 1, 1, 0, 0.1111, Times, Times, Times), new QueueMetricsBody(1, 1, 2),
        [new InstanceMetricsBody(Instance, 1, 10, 8, 1, 1, 0, 0.1111, Times)]);

    public static LogLevelBody LogLevels { get; } = new(
        "info", null, [new LogSourceBody("ComfyUI", "debug", Ended.AddMinutes(10))]);

    public static LogLevelChange LogLevel { get; } = new("debug", 600, "ComfyUI");
}
