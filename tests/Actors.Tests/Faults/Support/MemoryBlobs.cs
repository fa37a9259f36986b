using System.Collections.Concurrent;
using System.Security.Cryptography;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Faults.Support;

/// <summary>Blobs in memory, written on the caller's thread; it counts what is held.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<BlobId, byte[]> _blobs = new();
    private int _pins;
    private int _writers;

    /// <summary>Files held against deletion.</summary>
    public int Pins => Volatile.Read(ref _pins);

    public int OpenWriters => Volatile.Read(ref _writers);

    /// <summary>Thrown by the next disposals of pins.</summary>
    public ConcurrentQueue<Exception> PinFaults { get; } = new();

    /// <summary>While set, no file can be kept.</summary>
    public Exception? Fault { get; set; }

    public IBlobWriter Create()
    {
        Interlocked.Increment(ref _writers);
        return new Writer(this);
    }

    public Stream OpenRead(BlobId id) =>
        _blobs.TryGetValue(id, out var bytes) ? new MemoryStream(bytes) : throw new FileNotFoundException(id.Value);

    public IBlobDeletion BeginDeletion(IReadOnlyCollection<BlobId> ids) => new Deletion(this);

    public IEnumerable<BlobId> All() => _blobs.Keys;

    private sealed class Writer(MemoryBlobs blobs) : IBlobWriter
    {
        private readonly MemoryStream _stream = new();

        public Stream Stream => _stream;

        public Task<IBlobPin> CompleteAsync(string mediaType, CancellationToken cancellationToken)
        {
            if (blobs.Fault is { } fault)
            {
                return Task.FromException<IBlobPin>(fault);
            }

            var bytes = _stream.ToArray();
            var id = new BlobId(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            blobs._blobs[id] = bytes;
            Interlocked.Increment(ref blobs._pins);
            return Task.FromResult<IBlobPin>(new Pin(blobs, new BlobRef(id, bytes.Length, mediaType)));
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref blobs._writers);
            return _stream.DisposeAsync();
        }
    }

    private sealed class Pin(MemoryBlobs blobs, BlobRef blob) : IBlobPin
    {
        private int _disposed;

        public BlobRef Blob { get; } = blob;

        public void Dispose()
        {
            if (blobs.PinFaults.TryDequeue(out var fault))
            {
                throw fault;
            }

            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref blobs._pins);
            }
        }
    }

    private sealed class Deletion(MemoryBlobs blobs) : IBlobDeletion
    {
        public int Delete(IEnumerable<BlobId> unused) => unused.Count(id => blobs._blobs.TryRemove(id, out _));

        public void Dispose()
        {
        }
    }
}
