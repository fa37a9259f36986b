using AkkaComfy.Messages;

namespace AkkaComfy.Host.Submission;

/// <summary>
/// Knows who waits for the end of which submission, so that a sync caller who hangs up cancels the job only when nobody
/// else wants it, and never one that somebody was told to follow.
/// </summary>
/// <remarks>
/// Submissions with the same idempotency key are one: a caller takes its seat before it submits, so that nobody can
/// cancel the job between the answer to its submission and its wait.
/// </remarks>
internal sealed class WaitingRoom
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private int _callers;

    /// <summary>How many submissions are being answered right now.</summary>
    public int Callers => Volatile.Read(ref _callers);

    /// <param name="key">The idempotency key; null for a submission like no other.</param>
    public Seat Enter(string? key)
    {
        lock (_gate)
        {
            var table = key is null ? new Table() : _tables.GetValueOrDefault(key) ?? new Table();
            if (key is not null)
            {
                _tables[key] = table;
            }

            table.Seats++;
            _callers++;
            return new Seat(this, key, table);
        }
    }

    /// <summary>One caller's interest; to be left once.</summary>
    internal sealed class Seat(WaitingRoom room, string? key, Table table)
    {
        /// <summary>This sync call made the job: it lives for those who wait.</summary>
        public void Made(JobId job) => Locked(() => table.Job = job);

        /// <summary>Nobody needs to cancel the job: it ended, or somebody was told where to follow it.</summary>
        public void Settled() => Locked(() => table.IsSettled = true);

        public void HangUp() => Locked(() => table.IsAbandoned = true);

        /// <returns>The job that nobody wants any more; null when there is none, or not yet.</returns>
        public JobId? Leave()
        {
            lock (room._gate)
            {
                room._callers--;
                if (--table.Seats > 0)
                {
                    return null;
                }

                if (key is not null)
                {
                    room._tables.Remove(key);
                }

                return table is { IsAbandoned: true, IsSettled: false } ? table.Job : null;
            }
        }

        private void Locked(Action change)
        {
            lock (room._gate)
            {
                change();
            }
        }
    }

    /// <summary>All who are there for one submission; guarded by the room.</summary>
    internal sealed class Table
    {
        public int Seats { get; set; }

        /// <summary>Null unless a sync call made it.</summary>
        public JobId? Job { get; set; }

        public bool IsSettled { get; set; }

        public bool IsAbandoned { get; set; }
    }
}
