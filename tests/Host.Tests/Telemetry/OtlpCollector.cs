using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Host.Tests.Telemetry;

/// <summary>A span as it came over the wire.</summary>
internal sealed record ReceivedSpan(
    string TraceId, string Id, string ParentId, string Name, string Source, ulong Kind, ulong Start, ulong End,
    IReadOnlyDictionary<string, string> Tags, bool IsError, IReadOnlyDictionary<string, string> Resource)
{
    public const ulong Server = 2;
    public const ulong Client = 3;

    public bool IsRoot => ParentId.Length == 0;
}

/// <summary>An OpenTelemetry collector, as far as it takes metrics and traces over HTTP.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, string> _units = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private OtlpCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/v1/traces", request => TakeAsync(request, Spans));
        _app.MapPost("/v1/metrics", request => TakeAsync(request, Units));
    }

    public IReadOnlyCollection<ReceivedSpan> All => _spans;

    /// <summary>The units of all metrics that came, by name.</summary>
    public IReadOnlyDictionary<string, string> MetricUnits => _units;

    /// <summary>What makes a service send here, and soon.</summary>
    public (string Key, string Value)[] Variables =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"),
    ];

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>The spans of a trace once they are as expected; the time limit only ends a failing test.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> UntilAsync(
        string traceId, Func<IReadOnlyList<ReceivedSpan>, bool> areExpected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            ReceivedSpan[] spans = [.. _spans.Where(span => span.TraceId == traceId)];
            if (areExpected(spans))
            {
                return spans;
            }

            Assert.False(limit.IsCancellationRequested, string.Join(Environment.NewLine, (object[])spans));
            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task TakeAsync(HttpContext context, Action<Protobuf> take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        take(new Protobuf(body.ToArray()));
    }

    private void Spans(Protobuf request)
    {
        foreach (var resource in request.Messages(1))
        {
            var described = Tags(resource.Messages(1).Single(), 1);
            foreach (var scope in resource.Messages(2))
            {
                foreach (var span in scope.Messages(2))
                {
                    _spans.Enqueue(new ReceivedSpan(
                        span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), scope.Messages(1).Single().Text(1),
                        span.Number(6), span.Number(7), span.Number(8), Tags(span, 9),
                        span.Messages(15).Any(status => status.Number(3) == 2), described));
                }
            }
        }
    }

    private void Units(Protobuf request)
    {
        var metrics =
            from resource in request.Messages(1)
            from scope in resource.Messages(2)
            from metric in scope.Messages(2)
            select metric;
        foreach (var metric in metrics)
        {
            _units[metric.Text(1)] = metric.Text(3);
        }
    }

    private static Dictionary<string, string> Tags(Protobuf message, int field) => message.Messages(field).ToDictionary(
        tag => tag.Text(1), tag => Word(tag.Messages(2).Single()), StringComparer.Ordinal);

    private static string Word(Protobuf value) => value switch
    {
        _ when value.Has(1) => value.Text(1),
        _ when value.Has(2) => value.Number(2) == 1 ? "true" : "false",
        _ => value.Number(3).ToString(CultureInfo.InvariantCulture),
    };
}
