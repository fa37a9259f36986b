using System.Buffers;
using System.Collections.Concurrent;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Where files stand: <c>ab/cdef…</c> by their hash, unfinished ones in <c>unfinished/</c>.</summary>
internal sealed class BlobDirectory
{
    private const int HashLength = 64;
    private const int ShardLength = 2;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    private readonly string _root;

    // Two hex digits name a shard: there are at most 256.
    private readonly ConcurrentDictionary<string, bool> _durableShards = new(StringComparer.Ordinal);

    public BlobDirectory(string root)
    {
        _root = root;
        Unfinished = Path.Combine(root, "unfinished");
        Directory.CreateDirectory(Unfinished);
        DurableFiles.FlushDirectory(root);
    }

    public string Unfinished { get; }

    public string PathOf(BlobId id) => Path.Combine(ShardOf(id), id.Value[ShardLength..]);

    /// <summary>The directory of a file, created and durable.</summary>
    public string EnsureShard(BlobId id)
    {
        var shard = ShardOf(id);
        if (!_durableShards.ContainsKey(shard))
        {
            Directory.CreateDirectory(shard);
            DurableFiles.FlushDirectory(_root);
            _durableShards[shard] = true;
        }

        return shard;
    }

    /// <returns>False when the file was not there.</returns>
    public bool Delete(BlobId id)
    {
        var path = PathOf(id);
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    public void DeleteUnfinished()
    {
        foreach (var abandoned in Directory.EnumerateFiles(Unfinished))
        {
            File.Delete(abandoned);
        }
    }

    public IEnumerable<BlobId> All() =>
        from shard in Directory.EnumerateDirectories(_root)
        where Path.GetFileName(shard).Length == ShardLength
        from file in Directory.EnumerateFiles(shard)
        let id = new BlobId(Path.GetFileName(shard) + Path.GetFileName(file))
        where IsHash(id)
        select id;

    private string ShardOf(BlobId id) => IsHash(id)
        ? Path.Combine(_root, id.Value[..ShardLength])
        : throw new ArgumentException($"'{id}' is no SHA-256 in lower-case hex", nameof(id));

    private static bool IsHash(BlobId id) =>
        id.Value is { Length: HashLength } value && !value.AsSpan().ContainsAnyExcept(Hex);
}
