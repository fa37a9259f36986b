using System.Collections.Immutable;
using Serilog.Core;
using Serilog.Events;

namespace AkkaComfy.Host.Logging;

/// <summary>From which level on events are logged, of all sources and of some; can be changed while the service runs.</summary>
/// <param name="configured">What holds from the start, and again when a change is taken back.</param>
internal sealed class LogLevels(LogEventLevel configured, TimeProvider time) : IDisposable
{
    /// <summary>By the beginning of their names, and the quietest that "as all the others" means for them.</summary>
    private static readonly ImmutableArray<(string Name, LogEventLevel AtLeast)> Known =
    [
        ("AkkaComfy.Actors", LogEventLevel.Verbose),
        ("AkkaComfy.Host", LogEventLevel.Verbose),
        ("ComfyUI", LogEventLevel.Verbose),
        ("Microsoft", LogEventLevel.Warning),
        ("Microsoft.AspNetCore.Server.Kestrel", LogEventLevel.Error),
        ("System", LogEventLevel.Warning),
    ];

    private readonly Lock _gate = new();
    private readonly ImmutableDictionary<string, LoggingLevelSwitch> _switches = Known.ToImmutableDictionary(
        source => source.Name, source => new LoggingLevelSwitch(Max(configured, source.AtLeast)), StringComparer.Ordinal);

    private ImmutableDictionary<string, Change> _changes = ImmutableDictionary<string, Change>.Empty;

    public static IEnumerable<string> SourceNames => Known.Select(source => source.Name);

    public LoggingLevelSwitch All { get; } = new(configured);

    public IEnumerable<KeyValuePair<string, LoggingLevelSwitch>> Sources => _switches;

    /// <param name="source">One of <see cref="SourceNames"/>; null for all that have no level of their own.</param>
    /// <param name="level">Null for what holds without a change.</param>
    /// <param name="duration">Null until the next change or start.</param>
    public void Set(string? source, LogEventLevel? level, TimeSpan? duration)
    {
        lock (_gate)
        {
            var key = source ?? "";
            if (_changes.TryGetValue(key, out var before))
            {
                before.Reversal?.Dispose();
            }

            _changes = level is { } chosen ? _changes.SetItem(key, Changed(key, chosen, duration)) : _changes.Remove(key);
            Apply();
        }
    }

    public IReadOnlyList<LogLevelState> Show()
    {
        lock (_gate)
        {
            return
            [
                new LogLevelState(null, All.MinimumLevel, _changes.GetValueOrDefault("")?.Until),
                .. Known.Select(source => new LogLevelState(
                    source.Name, _switches[source.Name].MinimumLevel, _changes.GetValueOrDefault(source.Name)?.Until)),
            ];
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var change in _changes.Values)
            {
                change.Reversal?.Dispose();
            }
        }
    }

    private Change Changed(string key, LogEventLevel level, TimeSpan? duration)
    {
        if (duration is not { } span)
        {
            return new Change(level, null, null);
        }

        var change = new Change(level, time.GetUtcNow() + span, null);
        return change with
        {
            Reversal = time.CreateTimer(_ => Revert(key, change.Until), null, span, Timeout.InfiniteTimeSpan),
        };
    }

    /// <summary>Unless there has been another change since.</summary>
    private void Revert(string key, DateTimeOffset? until)
    {
        lock (_gate)
        {
            if (_changes.TryGetValue(key, out var change) && change.Until == until)
            {
                change.Reversal?.Dispose();
                _changes = _changes.Remove(key);
                Apply();
            }
        }
    }

    private void Apply()
    {
        All.MinimumLevel = _changes.GetValueOrDefault("")?.Level ?? configured;
        foreach (var (name, atLeast) in Known)
        {
            _switches[name].MinimumLevel = _changes.GetValueOrDefault(name)?.Level ?? Max(All.MinimumLevel, atLeast);
        }
    }

    private static LogEventLevel Max(LogEventLevel one, LogEventLevel other) => one > other ? one : other;

    private sealed record Change(LogEventLevel Level, DateTimeOffset? Until, ITimer? Reversal);
}

/// <summary>The level of one source, or of all others where it has no name.</summary>
/// <param name="Until">When a change is taken back by itself; null for never.</param>
internal sealed record LogLevelState(string? Source, LogEventLevel Level, DateTimeOffset? Until);
