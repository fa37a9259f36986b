using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Counts who holds which file; decides, with deletion, under one lock.</summary>
internal sealed class BlobPins
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlobId, int> _holders = [];

    public IBlobPin Take(BlobRef blob)
    {
        lock (_gate)
            _holders[blob.Id] = _holders.GetValueOrDefault(blob.Id) + 1;
        return new Pin(this, blob);
    }

    /// <summary>Runs the action unless somebody holds the file; nobody can take a pin on it meanwhile.</summary>
    /// <returns>Whether it ran.</returns>
    public bool IfFree(BlobId id, Action action)
    {
        lock (_gate)
        {
            if (_holders.ContainsKey(id))
                return false;
            action();
            return true;
        }
    }

    private void Release(BlobId id)
    {
        lock (_gate)
        {
            if (--_holders[id] == 0)
                _holders.Remove(id);
        }
    }

    private sealed class Pin(BlobPins pins, BlobRef blob) : IBlobPin
    {
        private int _released;

        public BlobRef Blob => blob;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
                pins.Release(blob.Id);
        }
    }
}
