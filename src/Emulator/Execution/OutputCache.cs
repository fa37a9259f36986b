using AkkaComfy.Emulator.Nodes;

namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// Results by what made them, not by node id. Holds only what the last prompt contains: as in ComfyUI, a different
/// prompt in between makes a third like the first run again.
/// </summary>
internal sealed class OutputCache(NodeCatalog catalog, ComfyVersion version)
{
    private readonly Dictionary<string, CachedNode> _results = [];
    private Dictionary<string, string> _signatures = [];

    /// <summary>Turns to another prompt and forgets what it does not contain.</summary>
    /// <exception cref="WorkerDeathException">A node has no inputs object.</exception>
    public void Use(PromptGraph graph)
    {
        _signatures = new NodeSignatures(graph, catalog).ForAll(withIds: !version.CachesAcrossIds);
        var used = _signatures.Values.ToHashSet();
        foreach (var stale in _results.Keys.Where(key => !used.Contains(key)).ToList())
        {
            _results.Remove(stale);
        }
    }

    public CachedNode? Find(string node) => _results.GetValueOrDefault(_signatures[node]);

    public void Store(string node, CachedNode result) => _results[_signatures[node]] = result;

    public void Clear() => _results.Clear();
}
