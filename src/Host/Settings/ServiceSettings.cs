using System.Collections.Immutable;
using System.Net;
using AkkaComfy.Actors;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Placement;
using AkkaComfy.Host.Logging;
using AkkaComfy.Messages;
using Serilog.Events;

namespace AkkaComfy.Host.Settings;

/// <summary>Everything that can be set about the service, read once at start and never changed.</summary>
public sealed record ServiceSettings
{
    /// <summary>0 takes any free port.</summary>
    public required int Port { get; init; }

    public required IPAddress Bind { get; init; }

    public required ImmutableArray<ComfyEndpoint> Instances { get; init; }

    /// <summary>Weights and tags of the instances that have any.</summary>
    public required ImmutableDictionary<InstanceId, InstanceTraits> Traits { get; init; }

    public required Tracking Tracking { get; init; }

    public required bool KeepMetadata { get; init; }

    /// <summary>One execution, from its start on the GPU.</summary>
    public required TimeSpan ExecutionTimeout { get; init; }

    public required int MaxConnectionsPerInstance { get; init; }

    public required int MaxJobsPerInstance { get; init; }

    public required int MaxConcurrentJobs { get; init; }

    public required string Placement { get; init; }

    /// <summary>How long a sync call waits; zero is automatic: the time in the queue plus one execution.</summary>
    public required TimeSpan SyncTimeout { get; init; }

    public required int MaxJobAttempts { get; init; }

    public required int MaxQueueLength { get; init; }

    /// <summary>How long a job may be pending before it fails; zero for any time.</summary>
    public required TimeSpan MaxQueueTime { get; init; }

    /// <summary>Streams of events open at one time.</summary>
    public required int MaxEventListeners { get; init; }

    public required TimeSpan HealthCheckInterval { get; init; }

    public required TimeSpan HealthCheckTimeout { get; init; }

    /// <summary>How long an ended job and its files are kept.</summary>
    public required TimeSpan Retention { get; init; }

    /// <summary>The supervisor's safety sweep.</summary>
    public required TimeSpan SweepInterval { get; init; }

    public required string WorkflowsDirectory { get; init; }

    /// <summary>How often the directory of workflows is looked at without an alarm.</summary>
    public required TimeSpan WorkflowsScanInterval { get; init; }

    public required JobStoreKind JobStore { get; init; }

    public required string DataDirectory { get; init; }

    /// <summary>Where outputs are saved as well; null for nowhere.</summary>
    public required string? OutputDirectory { get; init; }

    public required LogEventLevel LogLevel { get; init; }

    public required LogFiles LogFiles { get; init; }

    public required UploadLimits Uploads { get; init; }

    public required PromptRules Prompts { get; init; }

    public required LinkRules Links { get; init; }

    /// <summary>How long running jobs may still take after the service was told to stop.</summary>
    public required TimeSpan ShutdownGrace { get; init; }

    /// <summary>What OpenTelemetry reads to send metrics and traces to a collector; null for not at all.</summary>
    public ImmutableDictionary<string, string>? Telemetry { get; init; }

    /// <exception cref="InvalidSettingsException">Names every variable that cannot be used.</exception>
    public static ServiceSettings From(IReadOnlyDictionary<string, string> variables) =>
        From(new SettingsReader(variables));

    /// <exception cref="InvalidSettingsException">Names every variable that cannot be used.</exception>
    internal static ServiceSettings From(SettingsReader reader)
    {
        const int day = 86_400_000;
        const int anHour = 3_600_000;
        var useSsl = reader.Flag("COMFYUI_USE_SSL", false);
        var instances = InstanceSettings.Read(reader, useSsl);
        var perInstance = reader.Integer("MAX_JOBS_PER_INSTANCE", 2, 1, 64);
        var bind = Address(reader, "BIND");
        var natural = Math.Clamp(instances.Length * perInstance, 1, 4096);
        var settings = new ServiceSettings
        {
            Port = reader.Integer("PORT", 3000, 0, 65535, " (0: any free port)"),
            Bind = bind,
            Instances = instances,
            Traits = TraitSettings.Read(reader, useSsl),
            Tracking = reader.OneOf("COMFYUI_TRACKING",
                ("websocket", Tracking.WebSocket), ("polling", Tracking.Polling)),
            ExecutionTimeout = reader.Milliseconds("COMFYUI_TIMEOUT", 60_000, 100, day),
            MaxConnectionsPerInstance = reader.Integer("MAX_CONNECTIONS_PER_INSTANCE", 3, 1, 64),
            MaxJobsPerInstance = perInstance,
            MaxConcurrentJobs = reader.Integer("MAX_CONCURRENT_JOBS", natural, 1, 4096),
            Placement = reader.OneOf("PLACEMENT", [.. Placements.Names.Select(name => (name, name))]),
            SyncTimeout = reader.Milliseconds("SYNC_TIMEOUT", 0, 0, day),
            MaxJobAttempts = reader.Integer("MAX_JOB_ATTEMPTS", 3, 1, 100),
            MaxQueueLength = reader.Integer("MAX_QUEUE_LENGTH", 10_000, 1, 10_000_000),
            MaxQueueTime = reader.Milliseconds("MAX_QUEUE_TIME", 0, 0, 20 * day),
            MaxEventListeners = reader.Integer("MAX_EVENT_LISTENERS", 5_000, 1, 100_000),
            HealthCheckInterval = reader.Milliseconds("HEALTH_CHECK_INTERVAL", 30_000, 100, anHour),
            HealthCheckTimeout = reader.Milliseconds("HEALTH_CHECK_TIMEOUT", 300, 10, 60_000),
            Retention = reader.Milliseconds("JOB_TIMEOUT", 300_000, 1_000, 20 * day),
            SweepInterval = reader.Milliseconds("JOB_PROCESSING_INTERVAL", 1_000, 10, anHour),
            WorkflowsDirectory = reader.Text("WORKFLOWS_DIRECTORY", Locations.OrShipped("./workflows")),
            WorkflowsScanInterval = reader.Milliseconds("WORKFLOWS_SCAN_INTERVAL", 2_000, 50, anHour),
            JobStore = reader.OneOf("JOB_STORE", ("sqlite", JobStoreKind.Sqlite), ("memory", JobStoreKind.Memory)),
            DataDirectory = reader.Text("DATA_DIRECTORY", "./data"),
            OutputDirectory = reader.Flag("OUTPUT_FILES", false) ? "./output" : null,
            LogLevel = reader.OneOf("LOG_LEVEL", LogLevelNames.All.AsSpan()),
            LogFiles = LogFiles.Read(reader),
            Uploads = new UploadLimits
            {
                MaxMegabytes = reader.Integer("MAX_UPLOAD_MB", 50, 1, 2_000),
                MaxMegapixels = reader.Integer("MAX_IMAGE_MEGAPIXELS", 100, 1, 10_000),
                MaxSide = reader.Integer("MAX_IMAGE_SIDE", 32_767, 1, 1_000_000),
            },
            Prompts = PromptRules.Read(reader, bind),
            Links = LinkRules.Read(reader),
            KeepMetadata = reader.Flag("KEEP_METADATA", false),
            Telemetry = OtlpSettings.Read(reader),
            ShutdownGrace = reader.Milliseconds("SHUTDOWN_GRACE", 30_000, 0, anHour),
        };
        return reader.Errors.Count == 0 ? settings : throw new InvalidSettingsException(reader.Errors);
    }

    public FleetOptions ToFleet() => new()
    {
        Endpoints = Instances,
        Traits = Traits,
        MaxConcurrentJobs = MaxConcurrentJobs,
        MaxJobsPerInstance = MaxJobsPerInstance,
        MaxConnectionsPerInstance = MaxConnectionsPerInstance,
        MaxQueueLength = MaxQueueLength,
        MaxQueueTime = MaxQueueTime,
        MaxEventListeners = MaxEventListeners,
        Placement = Placement,
        Tracking = Tracking,
        KeepMetadata = KeepMetadata,
        Retry = new RetryPolicy(MaxJobAttempts),
        ExecutionTimeout = ExecutionTimeout,
        HealthCheckInterval = HealthCheckInterval,
        HealthCheckTimeout = HealthCheckTimeout,
        Retention = Retention,
        SweepInterval = SweepInterval,
    };

    private static IPAddress Address(SettingsReader reader, string key)
    {
        switch (reader.Find(key))
        {
            case null or "localhost":
                return IPAddress.Loopback;
            case { } text when IPAddress.TryParse(text, out var address):
                return address;
            case { } text:
                reader.Refuse(key, text, "an IP address, such as 127.0.0.1 or 0.0.0.0, or localhost");
                return IPAddress.Loopback;
        }
    }
}
