using Akka.Actor;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Supervisor;

/// <content>Submissions with an idempotency key: one at a time per key; the others get what the first gets.</content>
/// <remarks>A key is looked up before anything can be refused, so that a replay is answered whatever the queue's state.</remarks>
public sealed partial class JobSupervisor
{
    /// <summary>By key, the submission under way first, then those that wait for what becomes of it.</summary>
    private readonly Dictionary<string, Queue<Keyed>> _keyed = new(StringComparer.Ordinal);

    private void Submit(Jobs.Submit submit)
    {
        if (submit.Key is not { } key)
        {
            Admit(submit, Sender);
        }
        else if (_keyed.TryGetValue(key.Value, out var underWay))
        {
            underWay.Enqueue(new Keyed(submit, Sender));
        }
        else
        {
            _keyed.Add(key.Value, new Queue<Keyed>([new Keyed(submit, Sender)]));
            FindKey(key.Value);
        }
    }

    private void FindKey(string key) => Read(
        ct => _services.Store.FindByKeyAsync(key, ct), job => new KeyLookedUp(key, job), StorePurpose.Key, key);

    private void Continue(KeyLookedUp found)
    {
        if (found.Job is { } job)
        {
            AnswerAll(found.Key, job);
        }
        else
        {
            AdmitNext(found.Key);
        }
    }

    /// <summary>The key is free: who is first may take it; a refusal leaves it to the next.</summary>
    private void AdmitNext(string key)
    {
        var waiting = _keyed[key];
        while (waiting.TryPeek(out var first) && !Admit(first.Submit, first.Asker))
        {
            waiting.Dequeue();
        }

        if (waiting.Count == 0)
        {
            _keyed.Remove(key);
        }
    }

    /// <summary>The first submission is recorded and answered; those after it are replays.</summary>
    private void KeyTaken(IdempotencyKey key, JobId by)
    {
        if (_keyed.TryGetValue(key.Value, out var waiting))
        {
            waiting.Dequeue();
            AnswerAll(key.Value, new KeyedJob(by, key.RequestHash));
        }
    }

    private void AnswerAll(string key, KeyedJob job)
    {
        if (_keyed.Remove(key, out var waiting))
        {
            foreach (var (submit, asker) in waiting)
            {
                asker.Tell(submit.Key!.RequestHash == job.RequestHash
                    ? new Jobs.Replayed(job.JobId)
                    : new Jobs.Refused(submit.JobId, ReusedFor(job.JobId)));
            }
        }
    }

    private void RefuseAll(string key, Refusal why)
    {
        if (_keyed.Remove(key, out var waiting))
        {
            foreach (var (submit, asker) in waiting)
            {
                asker.Tell(new Jobs.Refused(submit.JobId, why));
            }
        }
    }

    private static Refusal ReusedFor(JobId job) => new(
        RefusalReason.KeyReused,
        $"The Idempotency-Key belongs to another request, which made job {job}; send a new key with a new request.");

    private sealed record Keyed(Jobs.Submit Submit, IActorRef Asker);

    private sealed record KeyLookedUp(string Key, KeyedJob? Job);
}
