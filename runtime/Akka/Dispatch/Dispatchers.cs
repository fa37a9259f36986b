using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system, by the path of their configuration.</summary>
public sealed class Dispatchers
{
    public static readonly string DefaultDispatcherId = "akka.actor.default-dispatcher";
    public static readonly string InternalDispatcherId = "akka.actor.internal-dispatcher";
    internal static readonly string CallingThreadId = "akka.test.calling-thread-dispatcher";

    private readonly ConcurrentDictionary<string, Lazy<MessageDispatcher>> _dispatchers = new(StringComparer.Ordinal);
    private readonly Config _config;

    internal Dispatchers(Config config)
    {
        _config = config;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
    }

    public MessageDispatcher DefaultGlobalDispatcher { get; }

    public bool HasDispatcher(string id) => _dispatchers.ContainsKey(id) || _config.HasPath(id);

    /// <exception cref="ConfigurationException">No such dispatcher is configured.</exception>
    public MessageDispatcher Lookup(string dispatcherName) =>
        _dispatchers.GetOrAdd(dispatcherName, id => new Lazy<MessageDispatcher>(() => Create(id))).Value;

    internal MessageDispatcher For(Props props) => ReferenceEquals(props.Dispatcher, DefaultDispatcherId)
        ? DefaultGlobalDispatcher
        : Lookup(string.IsNullOrEmpty(props.Dispatcher) ? DefaultDispatcherId : props.Dispatcher);

    internal void Stop()
    {
        foreach (var dispatcher in _dispatchers.Values.Where(static one => one.IsValueCreated))
            dispatcher.Value.Stop();
    }

    private MessageDispatcher Create(string id)
    {
        if (id == CallingThreadId)
            return new CallingThreadDispatcher(id);
        if (id == InternalDispatcherId && !_config.HasPath(id))
            return DefaultGlobalDispatcher;
        if (id != DefaultDispatcherId && !_config.HasPath(id))
            throw new ConfigurationException($"Dispatcher {id} not configured.");
        var throughput = _config.GetInt($"{id}.throughput", _config.GetInt($"{DefaultDispatcherId}.throughput", 30));
        if (throughput < 1)
            throw new ConfigurationException($"{id}.throughput must be at least 1, but is {throughput}");
        if (_config.GetTimeSpan($"{id}.throughput-deadline-time", TimeSpan.Zero) != TimeSpan.Zero)
            throw new NotSupportedException($"{id}.throughput-deadline-time");
        return _config.GetString($"{id}.type", "Dispatcher") switch
        {
            "Dispatcher" or "TaskDispatcher" => new ThreadPoolDispatcher(id, throughput),
            "PinnedDispatcher" => new PinnedDispatcher(id, throughput),
            { } type when type.StartsWith("Akka.TestKit.CallingThreadDispatcher", StringComparison.Ordinal) =>
                new CallingThreadDispatcher(id),
            var type => throw new NotSupportedException($"Dispatcher type [{type}] of [{id}]"),
        };
    }
}
