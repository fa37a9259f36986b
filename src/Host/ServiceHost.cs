using Akka.Hosting;
using AkkaComfy.Actors;
using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Endpoints;
using AkkaComfy.Host.Endpoints.Events;
using AkkaComfy.Host.Events;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Logging;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.Page;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Submission;
using AkkaComfy.Host.Telemetry;
using AkkaComfy.Host.Uploads;
using AkkaComfy.Host.Uploads.Links;
using AkkaComfy.Host.Uploads.Multipart;
using AkkaComfy.Host.Uploads.Prompts;
using AkkaComfy.Host.Watching;
using AkkaComfy.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;
using Serilog.Events;
using AkkaLogLevel = Akka.Event.LogLevel;

namespace AkkaComfy.Host;

/// <summary>Puts the service together: web server, actor tree, stores, log.</summary>
internal static class ServiceHost
{
    /// <summary>What stopping takes beyond the grace given to jobs.</summary>
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(10);

    /// <exception cref="InvalidSettingsException">The directory of the data or of the log cannot be used.</exception>
    /// <exception cref="StoreRefusedException">The jobs stored in it cannot be used.</exception>
    /// <param name="replace">What a test puts in the place of a part; null in production.</param>
    public static WebApplication Build(
        ServiceSettings settings, WorkflowCatalog catalog, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        AddLog(builder, settings);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownGrace + StopMargin);
        AddState(builder.Services, settings, catalog);
        AddStores(builder.Services, DataDirectory.Open(settings.DataDirectory, settings.JobStore));
        AddWeb(builder.Services);
        builder.Services.AddTelemetry(settings);
        if (settings.OutputDirectory is { } outputs)
        {
            builder.Services.AddSingleton(services =>
                new OutputFolder(outputs, services.GetRequiredService<IBlobStore>()));
        }

        builder.Services.AddAkka("akkacomfy", (akka, services) => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = AkkaLevel(settings.LogLevel);
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .AddHoconFile(Path.Combine(AppContext.BaseDirectory, "config", "akka.hocon"), HoconAddMode.Append)
            .WithAkkaComfy(services));
        builder.Services.AddHostedService<WorkflowWatch>();
        replace?.Invoke(builder.Services);
        return WithPipeline(builder.Build());
    }

    private static void Listen(KestrelServerOptions kestrel, ServiceSettings settings)
    {
        kestrel.AddServerHeader = false;
        // What is over the upload limit is refused unread; Kestrel then discards as much again before it hangs up,
        // so that a client that is still sending gets to read why.
        kestrel.Limits.MaxRequestBodySize = (2 * settings.Uploads.MaxBytes) + MultipartBody.Overhead;
        kestrel.Listen(settings.Bind, settings.Port);
    }

    private static void AddLog(WebApplicationBuilder builder, ServiceSettings settings)
    {
        settings.LogFiles.Prepare();
        var levels = new LogLevels(settings.LogLevel, TimeProvider.System);
        builder.Services.AddSingleton(_ => levels);
        builder.Logging.ClearProviders().AddSerilog(ServiceLog.Create(levels, settings.LogFiles), dispose: true);
    }

    private static void AddState(
        IServiceCollection services, ServiceSettings settings, WorkflowCatalog catalog) => services
            .AddSingleton(settings)
            .AddSingleton(settings.Uploads)
            .AddSingleton(settings.Prompts)
            .AddLinks(settings.Links)
            .AddSingleton(services => settings.ToFleet() with
            {
                Gateway = services.GetRequiredService<DataDirectory>().Gateway.Id,
            })
            .AddWorkflows(catalog)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ComfyCallLog>()
            .AddSingleton(services => ComfyTransport.Create(services.GetRequiredService<ComfyCallLog>()))
            .AddSingleton(new ComfyClientOptions { ProbeTimeout = settings.HealthCheckTimeout })
            .AddSingleton(new ComfySocketOptions())
            .AddSingleton<IComfyFactory, ComfyFactory>()
            .AddSingleton(Random.Shared);

    /// <summary>Takes the directory over: it is closed with the container, after everything that uses it.</summary>
    private static void AddStores(IServiceCollection services, DataDirectory data) => services
        .AddSingleton(_ => data)
        .AddSingleton(services => services.GetRequiredService<DataDirectory>().Jobs)
        .AddSingleton(services => services.GetRequiredService<DataDirectory>().Blobs)
        .AddHostedService<OrphanSweep>();

    private static void AddWeb(IServiceCollection services) =>
        services
            .AddSingleton<JobsGateway>()
            .AddLiveEvents()
            .AddHostedService<Drain>()
            .AddSingleton<Emergency>()
            .AddSingleton<IVitalLoss>(services => services.GetRequiredService<Emergency>())
            .AddSingleton<UploadReader>()
            .AddSingleton<PromptReader>()
            .AddSingleton<SubmissionDesk>()
            .AddSingleton<SubmissionAnswers>()
            .AddSingleton<Leftovers>()
            .AddSingleton<SyncWait>()
            .AddSingleton<JobAnswers>()
            .AddSingleton<SubmitEndpoints>()
            .AddSingleton<JobEndpoints>()
            .AddSingleton<StatusWait>()
            .AddSingleton<ManagementEndpoints>()
            .AddApiDocument()
            .AddSingleton<FleetEndpoints>();

    private static WebApplication WithPipeline(WebApplication app)
    {
        app.Use((context, next) =>
        {
            // What a workflow made is shown as what it says it is, never guessed into a page with scripts.
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return RequestId.AssignAsync(context, next);
        });
        app.Use(RequestTrace.DescribeAsync);
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<Failures>();
        app.UseStatusCodePages(page => ProblemResult.WriteAsync(page.HttpContext, ProblemMapping.FromStatus(
            page.HttpContext.Response.StatusCode, page.HttpContext.Request)));
        app.Use(CrossSiteGuard.PassAsync);
        app.UseRouting();
        app.Use(RequestScope.RoutedAsync);
        SubmitEndpoints.Map(app);
        JobEndpoints.Map(app);
        EventEndpoints.Map(app);
        ManagementEndpoints.Map(app);
        FleetEndpoints.Map(app);
        WorkflowEndpoints.Map(app);
        LogEndpoints.Map(app);
        MetricsEndpoint.Map(app);
        app.MapApiDocument();
        PageEndpoints.Map(app);
        return app;
    }

    private static AkkaLogLevel AkkaLevel(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => AkkaLogLevel.DebugLevel,
        LogEventLevel.Information => AkkaLogLevel.InfoLevel,
        LogEventLevel.Warning => AkkaLogLevel.WarningLevel,
        _ => AkkaLogLevel.ErrorLevel,
    };
}
