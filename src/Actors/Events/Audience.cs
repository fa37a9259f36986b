using Akka.Streams;
using AkkaComfy.Core.Events;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Events;

/// <summary>Who listens to what.</summary>
internal sealed class Audience
{
    private readonly Dictionary<JobId, HashSet<Listener>> _ofJobs = [];
    private readonly HashSet<Listener> _ofAll = [];

    public int Count { get; private set; }

    /// <summary>How many want the previews of some job.</summary>
    public int Previewers { get; private set; }

    public void Add(Listener listener)
    {
        Count++;
        Previewers += listener.Previews ? 1 : 0;
        if (listener.Job is not { } job)
        {
            _ofAll.Add(listener);
        }
        else if (_ofJobs.TryGetValue(job, out var others))
        {
            others.Add(listener);
        }
        else
        {
            _ofJobs.Add(job, [listener]);
        }
    }

    public void Remove(Listener listener)
    {
        var listeners = listener.Job is { } job ? _ofJobs.GetValueOrDefault(job) : _ofAll;
        if (listeners?.Remove(listener) != true)
        {
            return;
        }

        Count--;
        Previewers -= listener.Previews ? 1 : 0;
        if (listener.Job is { } left && listeners.Count == 0)
        {
            _ofJobs.Remove(left);
        }
    }

    public void TellThoseOf(JobId job, Occurrence occurrence)
    {
        foreach (var listener in _ofJobs.GetValueOrDefault(job) ?? [])
        {
            listener.Tell(occurrence);
        }
    }

    public void TellThoseOfAll(Occurrence occurrence)
    {
        foreach (var listener in _ofAll)
        {
            listener.Tell(occurrence);
        }
    }

    public void TellEverybody(Occurrence occurrence)
    {
        TellThoseOfAll(occurrence);
        foreach (var job in _ofJobs.Keys)
        {
            TellThoseOf(job, occurrence);
        }
    }

    /// <summary>One stream of events.</summary>
    /// <param name="Job">Null for all jobs and instances.</param>
    internal sealed class Listener(ISourceQueue<Occurrence> queue, JobId? job, EventFilter filter, bool previews)
    {
        public JobId? Job => job;

        public bool Previews => previews;

        /// <summary>The stream fails when it cannot keep up, and one that has ended takes nothing: both are told by its end.</summary>
        public void Tell(Occurrence occurrence)
        {
            if (filter.Wants(occurrence.What) && (previews || occurrence.What is not LiveEvents.JobPreviewed))
            {
                Observe(queue.OfferAsync(occurrence));
            }
        }

        /// <summary>Its failure is the stream's, which the hub watches; nobody else needs to hear of it.</summary>
        private static void Observe(Task offer)
        {
            if (!offer.IsCompletedSuccessfully)
            {
                offer.ContinueWith(
                    static failed => _ = failed.Exception, CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }
    }
}
