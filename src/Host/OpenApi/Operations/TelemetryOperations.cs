namespace AkkaComfy.Host.OpenApi.Operations;

/// <summary>The figures of the service.</summary>
internal static class TelemetryOperations
{
    public static OperationText Metrics { get; } = new OperationText(Tags.Watching, "getMetrics", "Figures since the start")
        .Says("JSON, unless `Accept` asks for the text that Prometheus reads, as a scraper does.")
        .Answers(Examples.Metrics)
        .AnswersWith("text/plain", "Every series in Prometheus' text format.")
        .AnswersWith("application/openmetrics-text", "The same as OpenMetrics.");
}
