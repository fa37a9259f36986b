using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Sends each event to those who subscribed to its class or to one above it.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber> where TClassifier : notnull where TSubscriber : notnull
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<TSubscriber, ImmutableHashSet<TClassifier>> _subscriptions =
        ImmutableDictionary<TSubscriber, ImmutableHashSet<TClassifier>>.Empty;

    // Emptied by every change of the subscriptions.
    private ImmutableDictionary<TClassifier, TSubscriber[]> _cache =
        ImmutableDictionary<TClassifier, TSubscriber[]>.Empty;

    /// <returns>Whether it was not subscribed before.</returns>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier) =>
        Change(subscriber, classifiers => classifiers.Add(classifier));

    /// <returns>Whether it was subscribed.</returns>
    public virtual bool Unsubscribe(TSubscriber subscriber) => Change(subscriber, static _ => []);

    /// <returns>Whether it was subscribed to this class.</returns>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier) =>
        Change(subscriber, classifiers => classifiers.Remove(classifier));

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

    private bool Change(
        TSubscriber subscriber, Func<ImmutableHashSet<TClassifier>, ImmutableHashSet<TClassifier>> change)
    {
        lock (_lock)
        {
            var before = _subscriptions.GetValueOrDefault(subscriber, []);
            var after = change(before);
            if (after == before)
                return false;
            _subscriptions = after.IsEmpty
                ? _subscriptions.Remove(subscriber)
                : _subscriptions.SetItem(subscriber, after);
            _cache = _cache.Clear();
            return true;
        }
    }

    private TSubscriber[] Find(TClassifier eventClass)
    {
        lock (_lock)
        {
            TSubscriber[] found = [.. _subscriptions
                .Where(entry => entry.Value.Any(classifier => IsSubClassification(classifier, eventClass)))
                .Select(static entry => entry.Key)];
            _cache = _cache.SetItem(eventClass, found);
            return found;
        }
    }
}

/// <summary>An event bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
    where TClassifier : notnull;
