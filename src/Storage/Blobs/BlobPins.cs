using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Counts who holds which file; decides, together with deletion, under one lock.</summary>
internal sealed class BlobPins(Func<BlobId, bool> delete)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlobId, int> _holders = [];
    private readonly List<Deletion> _deletions = [];

    public IBlobPin Take(BlobRef blob)
    {
        lock (_gate)
        {
            _holders[blob.Id] = _holders.GetValueOrDefault(blob.Id) + 1;
            foreach (var deletion in _deletions)
            {
                deletion.Spare(blob.Id);
            }
        }

        return new Pin(this, blob);
    }

    public IBlobDeletion BeginDeletion(IEnumerable<BlobId> ids)
    {
        lock (_gate)
        {
            var deletion = new Deletion(this, ids.Where(id => !_holders.ContainsKey(id)).ToHashSet());
            _deletions.Add(deletion);
            return deletion;
        }
    }

    private int Delete(IEnumerable<BlobId> ids)
    {
        var deleted = 0;
        var failures = new List<Exception>();
        lock (_gate)
        {
            foreach (var id in ids)
            {
                try
                {
                    deleted += delete(id) ? 1 : 0;
                }
                catch (Exception failure) when (DiskFaults.Of(failure) is not null)
                {
                    failures.Add(failure);
                }
            }
        }

        return failures.Count == 0
            ? deleted
            : throw new IOException($"{failures.Count} of the files cannot be deleted: {failures[0].Message}", failures[0]);
    }

    private void Release(BlobId id)
    {
        lock (_gate)
        {
            if (--_holders[id] == 0)
            {
                _holders.Remove(id);
            }
        }
    }

    private void End(Deletion deletion)
    {
        lock (_gate)
        {
            _deletions.Remove(deletion);
            deletion.SpareAll();
        }
    }

    private sealed class Pin(BlobPins pins, BlobRef blob) : IBlobPin
    {
        private int _released;

        public BlobRef Blob => blob;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                pins.Release(blob.Id);
            }
        }
    }

    /// <param name="condemned">Touched only under the lock.</param>
    private sealed class Deletion(BlobPins pins, HashSet<BlobId> condemned) : IBlobDeletion
    {
        public void Spare(BlobId id) => condemned.Remove(id);

        public void SpareAll() => condemned.Clear();

        // Removing tells whether it was still condemned, lazily: while the lock is held.
        public int Delete(IEnumerable<BlobId> unused) => pins.Delete(unused.Where(condemned.Remove));

        public void Dispose() => pins.End(this);
    }
}
