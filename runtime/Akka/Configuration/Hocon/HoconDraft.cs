namespace Akka.Configuration.Hocon;

/// <summary>A value before its substitutions are resolved: pieces in order, over what the key held before.</summary>
/// <param name="pieces">Each a <see cref="HoconText"/>, <see cref="HoconSubstitution"/>, <see cref="HoconEarlier"/>,
/// <see cref="HoconFields"/> or a list of drafts (an array).</param>
internal sealed class HoconDraft(params IEnumerable<object> pieces)
{
    public List<object> Pieces { get; } = [.. pieces];

    /// <summary>What an earlier line gave the same key: merged under an object, read by a self-reference.</summary>
    public HoconDraft? Prior { get; set; }

    /// <summary>How far the evaluation has come: null before it, false while it runs.</summary>
    public bool? IsEvaluated { get; set; }

    /// <summary>The evaluated value, whose children may still be drafts; null if it is undefined.</summary>
    public object? Head { get; set; }
    public HoconFields? OnlyFields => Pieces is [HoconFields fields] ? fields : null;

    public static HoconDraft From(HoconValue value)
    {
        if (value.IsArray())
            return new HoconDraft(value.GetArray().Select(From).ToList());
        if (value.GetObject() is not { } it)
            return new HoconDraft(new HoconText(value.GetString() ?? "null", IsQuoted: value.GetString() is not null));
        var fields = new HoconFields();
        foreach (var (key, child) in it.Items)
            fields.Put(key, From(child));
        return new HoconDraft(fields);
    }
}

/// <summary>The fields of an object that is being read.</summary>
internal sealed class HoconFields : Dictionary<string, HoconDraft>
{
    public void Put(string key, HoconDraft draft)
    {
        if (TryGetValue(key, out var before))
        {
            if (before.OnlyFields is { } held && draft.OnlyFields is { } added)
            {
                foreach (var (name, child) in added)
                    held.Put(name, child);
                return;
            }
            draft.Prior = before;
        }
        this[key] = draft;
    }

    public HoconFields Over(HoconFields below)
    {
        var merged = new HoconFields();
        foreach (var (key, draft) in below)
            merged[key] = draft;
        foreach (var (key, draft) in this)
            merged[key] = below.TryGetValue(key, out var under) ? Stack(draft, under) : draft;
        return merged;
    }

    private static HoconDraft Stack(HoconDraft draft, HoconDraft under) =>
        new(draft.Pieces) { Prior = draft.Prior is { } own ? Stack(own, under) : under };
}

/// <summary>A run of text: plain, quoted, or the gap between two pieces.</summary>
internal sealed record HoconText(string Value, bool IsQuoted = false, bool IsGap = false);

/// <summary>A reference such as <c>${a.b}</c> or, if it may stay unresolved, <c>${?a.b}</c>.</summary>
internal sealed record HoconSubstitution(IReadOnlyList<string> Path, bool IsOptional);

/// <summary>Stands in <c>a += x</c> for what the key held before.</summary>
internal sealed class HoconEarlier
{
    public static readonly HoconEarlier Instance = new();
}
