using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Sends each event to those who subscribed to its class or to one above it.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber> where TClassifier : notnull where TSubscriber : notnull
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<TClassifier, ImmutableHashSet<TSubscriber>> _subscriptions =
        ImmutableDictionary<TClassifier, ImmutableHashSet<TSubscriber>>.Empty;

    // Emptied by every change of the subscriptions.
    private ImmutableDictionary<TClassifier, TSubscriber[]> _cache =
        ImmutableDictionary<TClassifier, TSubscriber[]>.Empty;

    /// <returns>Whether it was not subscribed before.</returns>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_lock)
        {
            var before = _subscriptions.GetValueOrDefault(classifier, []);
            var after = before.Add(subscriber);
            _subscriptions = _subscriptions.SetItem(classifier, after);
            _cache = _cache.Clear();
            return after != before;
        }
    }

    /// <returns>Whether it was subscribed.</returns>
    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_lock)
        {
            var found = false;
            foreach (var classifier in _subscriptions.Keys.ToArray())
                found |= Unsubscribe(subscriber, classifier);
            return found;
        }
    }

    /// <returns>Whether it was subscribed to this class.</returns>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(classifier, out var before) || !before.Contains(subscriber))
                return false;
            var after = before.Remove(subscriber);
            _subscriptions = after.IsEmpty
                ? _subscriptions.Remove(classifier)
                : _subscriptions.SetItem(classifier, after);
            _cache = _cache.Clear();
            return true;
        }
    }

    public virtual void Publish(TEvent @event)
    {
        var eventClass = GetClassifier(@event);
        if (!Volatile.Read(ref _cache).TryGetValue(eventClass, out var subscribers))
            subscribers = Find(eventClass);
        foreach (var subscriber in subscribers)
            Publish(@event, subscriber);
    }

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);
    protected abstract void Publish(TEvent @event, TSubscriber subscriber);
    protected abstract bool Classify(TEvent @event, TClassifier classifier);
    protected abstract TClassifier GetClassifier(TEvent @event);

    private TSubscriber[] Find(TClassifier eventClass)
    {
        lock (_lock)
        {
            TSubscriber[] found = [.. _subscriptions
                .Where(entry => IsSubClassification(entry.Key, eventClass))
                .SelectMany(static entry => entry.Value)
                .Distinct()];
            _cache = _cache.SetItem(eventClass, found);
            return found;
        }
    }
}

/// <summary>An event bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
    where TClassifier : notnull;
