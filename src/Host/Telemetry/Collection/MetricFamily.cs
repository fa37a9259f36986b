using AkkaComfy.Actors.Telemetry;

namespace AkkaComfy.Host.Telemetry.Collection;

/// <summary>One instrument and all its series, at one moment.</summary>
internal sealed record MetricFamily(
    string Name, MetricKind Kind, string Unit, string Description, IReadOnlyList<SeriesReading> Series);

/// <summary>One series at one moment.</summary>
internal sealed record SeriesReading(IReadOnlyList<KeyValuePair<string, string>> Labels, Reading Value);
