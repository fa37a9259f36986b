using System.Net;
using AkkaComfy.Actors;
using AkkaComfy.Host.Logging;
using AkkaComfy.Host.Settings;
using AkkaComfy.Messages;
using Serilog.Events;

namespace AkkaComfy.Host.Tests.Settings;

public class ServiceSettingsTests
{
    [Fact]
    public void Nothing_set_gives_the_documented_defaults()
    {
        var settings = Read();

        Assert.Equal(3000, settings.Port);
        Assert.Equal(IPAddress.Loopback, settings.Bind);
        Assert.Equal(["localhost:8188", "localhost:8189"], settings.Instances.Select(instance => instance.Host));
        Assert.Equal(TimeSpan.FromSeconds(60), settings.ExecutionTimeout);
        Assert.Equal(Tracking.WebSocket, settings.Tracking);
        Assert.Equal(3, settings.MaxConnectionsPerInstance);
        Assert.Equal(2, settings.MaxJobsPerInstance);
        Assert.Equal(4, settings.MaxConcurrentJobs);
        Assert.Equal("least-loaded", settings.Placement);
        Assert.Equal(TimeSpan.Zero, settings.SyncTimeout);
        Assert.Equal(3, settings.MaxJobAttempts);
        Assert.Equal(10_000, settings.MaxQueueLength);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.HealthCheckInterval);
        Assert.Equal(TimeSpan.FromMilliseconds(300), settings.HealthCheckTimeout);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.Retention);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.SweepInterval);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.ShutdownGrace);
        Assert.Equal(new UploadLimits { MaxMegabytes = 50, MaxMegapixels = 100, MaxSide = 32_767 }, settings.Uploads);
        Assert.Equal(LogEventLevel.Information, settings.LogLevel);
        Assert.Equal(new LogFiles("./logs", 20, 10), settings.LogFiles);
    }

    [Fact]
    public void The_shipped_example_binds_and_says_the_defaults()
    {
        var example = Variables.FromFile(RepositoryFiles.PathOf(".env.example"));
        var settings = ServiceSettings.From(example);

        Assert.NotEmpty(example);
        Assert.Equal(
            Read() with { Instances = [], WorkflowsDirectory = "" },
            settings with { Instances = [], WorkflowsDirectory = "" });
        Assert.Equal(Read().Instances, settings.Instances.AsEnumerable());
    }

    [Theory]
    [InlineData("PORT", "70000", "0 to 65535")]
    [InlineData("PORT", "http", "0 to 65535")]
    [InlineData("BIND", "everywhere", "an IP address")]
    [InlineData("COMFYUI_HOST", "ftp://gpu", "host:port")]
    [InlineData("COMFYUI_HOSTS", "gpu:99999", "host:port")]
    [InlineData("COMFYUI_HOST_1", "gpu 1:8188", "host:port")]
    [InlineData("COMFYUI_HOST_ONE", "gpu:8188", "ends in a number")]
    [InlineData("COMFYUI_WEIGHT_ONE", "3", "ends in a number")]
    [InlineData("COMFYUI_WEIGHT_7", "3", "COMFYUI_HOST_7 to be set")]
    [InlineData("COMFYUI_TAGS_7", "fast", "COMFYUI_HOST_7 to be set")]
    [InlineData("COMFYUI_USE_SSL", "maybe", "true or false")]
    [InlineData("COMFYUI_TIMEOUT", "0", "100 to 86400000 (milliseconds)")]
    [InlineData("COMFYUI_TRACKING", "telepathy", "websocket or polling")]
    [InlineData("MAX_CONNECTIONS_PER_INSTANCE", "0", "1 to 64")]
    [InlineData("MAX_JOBS_PER_INSTANCE", "-1", "1 to 64")]
    [InlineData("MAX_CONCURRENT_JOBS", "0", "1 to 4096")]
    [InlineData("PLACEMENT", "psychic", "least-loaded or power-of-two or round-robin or weighted")]
    [InlineData("SYNC_TIMEOUT", "-5", "0 to 86400000")]
    [InlineData("MAX_JOB_ATTEMPTS", "0", "1 to 100")]
    [InlineData("MAX_QUEUE_LENGTH", "many", "1 to 10000000")]
    [InlineData("HEALTH_CHECK_INTERVAL", "1", "100 to 3600000")]
    [InlineData("HEALTH_CHECK_TIMEOUT", "1e3", "10 to 60000")]
    [InlineData("JOB_TIMEOUT", "12", "1000 to")]
    [InlineData("JOB_PROCESSING_INTERVAL", "99999999999", "10 to 3600000")]
    [InlineData("JOB_STORE", "papyrus", "sqlite or memory")]
    [InlineData("LOG_LEVEL", "loud", "info or debug or warn or error")]
    [InlineData("LOG_FILE_MB", "0", "1 to 2000")]
    [InlineData("LOG_FILES", "0", "1 to 1000")]
    [InlineData("MAX_UPLOAD_MB", "0", "1 to 2000")]
    [InlineData("MAX_IMAGE_MEGAPIXELS", "0", "1 to 10000")]
    [InlineData("MAX_IMAGE_SIDE", "0", "1 to 1000000")]
    [InlineData("ALLOW_RAW_PROMPTS", "perhaps", "true or false")]
    [InlineData("SHUTDOWN_GRACE", "soon", "0 to 3600000")]
    public void A_bad_value_is_told_with_its_key_and_what_is_allowed(string key, string value, string expected)
    {
        var error = Assert.Single(Errors((key, value)));

        Assert.Equal(key, error.Key);
        Assert.Equal(value, error.Value);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "", true)]
    [InlineData("::1", "", true)]
    [InlineData("0.0.0.0", "", false)]
    [InlineData("0.0.0.0", "true", true)]
    [InlineData("127.0.0.1", "false", false)]
    public void Graphs_of_the_client_s_own_are_allowed_by_default_where_only_this_machine_can_send_them(
        string bind, string allow, bool allowed) =>
        Assert.Equal(allowed, Read(("BIND", bind), ("ALLOW_RAW_PROMPTS", allow)).Prompts.Allowed);

    [Fact]
    public void The_nodes_of_such_graphs_are_a_list()
    {
        Assert.Equal(["A", "B (rgthree)"], Read(("RAW_PROMPT_NODES", "B (rgthree), A")).Prompts.Nodes.Order());
        Assert.Contains("names of node classes", Assert.Single(Errors(("RAW_PROMPT_NODES", "A,,B"))).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var errors = Errors(("PORT", "x"), ("LOG_LEVEL", "?"), ("COMFYUI_HOST_7", "ftp://a"), ("MAX_UPLOAD_MB", "0"));

        Assert.Equal(
            ["COMFYUI_HOST_7", "LOG_LEVEL", "MAX_UPLOAD_MB", "PORT"],
            errors.Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Numbered_hosts_may_have_gaps_and_come_in_the_order_of_their_numbers()
    {
        var settings = Read(
            ("COMFYUI_HOST_10", "c:1"), ("COMFYUI_HOST_2", "b:1"), ("COMFYUI_HOST_1", "a:1"), ("COMFYUI_HOST_3", ""));

        Assert.Equal(["a:1", "b:1", "c:1"], settings.Instances.Select(instance => instance.Host));
        Assert.Equal(6, settings.MaxConcurrentJobs);
    }

    [Fact]
    public void A_host_named_twice_is_one()
    {
        var settings = Read(("COMFYUI_HOST_1", "a:1"), ("COMFYUI_HOSTS", "A:1, b:1 ,,a:1"), ("COMFYUI_HOST", "b:1"));

        Assert.Equal(["a:1", "b:1"], settings.Instances.Select(instance => instance.Host));
    }

    [Theory]
    [InlineData("COMFYUI_WEIGHT_2", "0", "0", "1 to 100")]
    [InlineData("COMFYUI_WEIGHT_2", "heavy", "heavy", "1 to 100")]
    [InlineData("COMFYUI_WEIGHT_2", "101", "101", "1 to 100")]
    [InlineData("COMFYUI_TAGS_2", "fast, Big GPU", "Big GPU", "a-z, 0-9")]
    [InlineData("COMFYUI_TAGS_2", "-fast", "-fast", "not beginning with '-'")]
    public void A_weight_or_tag_out_of_range_is_refused(string key, string value, string told, string expected)
    {
        var error = Assert.Single(Errors(("COMFYUI_HOST_2", "a:1"), (key, value)));

        Assert.Equal((key, told), (error.Key, error.Value));
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_and_tags_belong_to_the_instance_of_their_number()
    {
        var fleet = Read(
            ("COMFYUI_HOST_1", "a:1"), ("COMFYUI_HOST_5", "b:1"), ("COMFYUI_HOSTS", "c:1"),
            ("COMFYUI_WEIGHT_5", "4"), ("COMFYUI_TAGS_5", "vram-24, fast,, fast"), ("COMFYUI_TAGS_1", "slow"),
            ("COMFYUI_WEIGHT_1", "")).ToFleet();

        Assert.Equal(new InstanceTraits(1, ["slow"]), fleet.Traits[new InstanceId("a:1")]);
        Assert.Equal(new InstanceTraits(4, ["fast", "vram-24"]), fleet.Traits[new InstanceId("b:1")]);
        Assert.Equal(2, fleet.Traits.Count);
    }

    [Fact]
    public void A_host_named_twice_with_different_credentials_is_refused_without_showing_them()
    {
        var errors = Errors(("COMFYUI_HOST_1", "http://me:secret1@a:1"), ("COMFYUI_HOST_2", "http://me:secret2@a:1"));

        var error = Assert.Single(errors);
        Assert.Equal("COMFYUI_HOST_2", error.Key);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_reach_the_fleet()
    {
        var fleet = Read(
            ("COMFYUI_HOST", "a:1"), ("MAX_JOBS_PER_INSTANCE", "5"), ("MAX_JOB_ATTEMPTS", "7"),
            ("COMFYUI_TRACKING", "Polling"), ("COMFYUI_TIMEOUT", "1500"), ("PLACEMENT", "round-robin")).ToFleet();

        Assert.Equal("a:1", Assert.Single(fleet.Endpoints).Host);
        Assert.Equal(5, fleet.MaxJobsPerInstance);
        Assert.Equal(5, fleet.MaxConcurrentJobs);
        Assert.Equal(7, fleet.Retry.MaxAttempts);
        Assert.Equal(Tracking.Polling, fleet.Tracking);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), fleet.ExecutionTimeout);
        Assert.Equal("round-robin", fleet.Placement);
    }

    private static ServiceSettings Read(params (string Key, string Value)[] variables) => ServiceSettings.From(
        variables.ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal));

    private static IReadOnlyList<SettingError> Errors(params (string Key, string Value)[] variables) =>
        Assert.Throws<InvalidSettingsException>(() => Read(variables)).Errors;
}
