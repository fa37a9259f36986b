namespace AkkaComfy.Host.Watching;

/// <summary>Says which folders have changed and come to rest: what is being written is left alone.</summary>
/// <param name="settle">How long a folder must have stayed as it is.</param>
/// <param name="absence">How long one must be gone: replacing a folder is no removal.</param>
internal sealed class FolderChanges(TimeSpan settle, TimeSpan absence)
{
    private readonly Dictionary<string, FolderStamp> _settled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Movement> _moving = new(StringComparer.Ordinal);

    /// <summary>From now on the folder counts as changed if it looks otherwise.</summary>
    /// <param name="stamp">Null when it is gone.</param>
    public void Settle(string name, FolderStamp? stamp)
    {
        _moving.Remove(name);
        if (stamp is { } there)
        {
            _settled[name] = there;
        }
        else
        {
            _settled.Remove(name);
        }
    }

    /// <param name="seen">None at all is taken for a mishap, such as a volume that is not mounted: nothing is gone.</param>
    /// <returns>The folders that are to be read, or are gone; until <see cref="Settle"/> they are told again.</returns>
    public IReadOnlyList<string> See(IReadOnlyDictionary<string, FolderStamp> seen, DateTimeOffset now)
    {
        if (seen.Count == 0)
        {
            return [];
        }

        foreach (var name in seen.Keys.Concat(_settled.Keys).Concat(_moving.Keys).ToHashSet(StringComparer.Ordinal))
        {
            FolderStamp? stamp = seen.TryGetValue(name, out var there) ? there : null;
            FolderStamp? before = _settled.TryGetValue(name, out var settled) ? settled : null;
            if (stamp == before)
            {
                _moving.Remove(name);
            }
            else if (!_moving.TryGetValue(name, out var movement) || movement.Stamp != stamp)
            {
                _moving[name] = new Movement(stamp, now + (stamp is null ? absence : settle));
            }
        }

        return [.. _moving.Where(entry => entry.Value.RestsAt <= now).Select(entry => entry.Key)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>When the next folder may have come to rest; null when none is moving.</summary>
    public DateTimeOffset? NextRest(DateTimeOffset now) => _moving.Values
        .Where(movement => movement.RestsAt > now)
        .Select(movement => (DateTimeOffset?)movement.RestsAt).Min();

    private readonly record struct Movement(FolderStamp? Stamp, DateTimeOffset RestsAt);
}
