using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>Who waits for a job to move on; those who gave up are dropped, so that their number is bounded.</summary>
internal sealed class Waiters
{
    private readonly Dictionary<JobId, List<Waiter>> _byJob = [];

    public IEnumerable<(JobId Id, Waiter Waiter)> All =>
        _byJob.SelectMany(waiting => waiting.Value.Select(waiter => (waiting.Key, waiter)));

    public void Add(JobId id, Waiter waiter)
    {
        if (!_byJob.TryGetValue(id, out var waiters))
        {
            _byJob.Add(id, waiters = []);
        }

        waiters.Add(waiter);
    }

    /// <summary>Answers those whom the recorded job is news to.</summary>
    public void Tell(Job recorded) => Settle(
        recorded.Id,
        waiter => recorded.HasEnded || recorded.Version > waiter.Since,
        waiter => waiter.Asker.Tell(waiter.Answer));

    /// <summary>Answers all who wait for the job that there is nothing to wait for.</summary>
    public void Refuse(JobId id, Refusal why) =>
        Settle(id, _ => true, waiter => waiter.Asker.Tell(new Jobs.Refused(id, why)));

    public void DropOverdue(DateTimeOffset now)
    {
        foreach (var id in _byJob.Keys.ToArray())
        {
            Settle(id, waiter => waiter.Until < now, _ => { });
        }
    }

    private void Settle(JobId id, Func<Waiter, bool> isOver, Action<Waiter> answer)
    {
        if (!_byJob.TryGetValue(id, out var waiters))
        {
            return;
        }

        waiters.Where(isOver).ToList().ForEach(answer);
        waiters.RemoveAll(waiter => isOver(waiter));
        if (waiters.Count == 0)
        {
            _byJob.Remove(id);
        }
    }

    /// <param name="Since">The version that the asker knows; <see cref="ForEnd"/> to hear of the end only.</param>
    /// <param name="Until">When the asker gives up.</param>
    internal sealed record Waiter(IActorRef Asker, Jobs.IReply Answer, int Since, DateTimeOffset Until)
    {
        public const int ForEnd = int.MaxValue;
    }
}
