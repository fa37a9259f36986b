namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// Finished prompts as JSON, oldest first; an id that ran again keeps its first place. Guarded by its owner.
/// </summary>
internal sealed class PromptHistory(int capacity)
{
    private readonly OrderedDictionary<string, ReadOnlyMemory<byte>> _entries = [];

    public void Add(string id, ReadOnlyMemory<byte> entry)
    {
        if (_entries.Count >= capacity && !_entries.ContainsKey(id))
        {
            _entries.RemoveAt(0);
        }

        _entries[id] = entry;
    }

    public bool TryFind(string id, out ReadOnlyMemory<byte> entry) => _entries.TryGetValue(id, out entry);

    public void Remove(string id) => _entries.Remove(id);

    public void Clear() => _entries.Clear();

    /// <summary>
    /// A page. Without an offset the newest <paramref name="maxItems"/>; an offset beyond the end gives nothing, and
    /// at least one entry is given where any is in range, both as in ComfyUI.
    /// </summary>
    public IReadOnlyList<(string Id, ReadOnlyMemory<byte> Entry)> Page(int? maxItems, int offset)
    {
        if (offset < 0 && maxItems is { } newest)
        {
            offset = _entries.Count - newest;
        }

        var page = new List<(string, ReadOnlyMemory<byte>)>();
        for (var i = Math.Max(offset, 0); i < _entries.Count; i++)
        {
            var (id, entry) = _entries.GetAt(i);
            page.Add((id, entry));
            if (page.Count >= maxItems)
            {
                break;
            }
        }

        return page;
    }
}
