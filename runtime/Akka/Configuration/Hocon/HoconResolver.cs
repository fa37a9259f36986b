namespace Akka.Configuration.Hocon;

/// <summary>
/// Turns drafts into values. A draft is evaluated only down to its kind (text, array or object) when a substitution
/// asks for it, so that fields of one object can refer to each other.
/// </summary>
internal sealed class HoconResolver(HoconDraft root)
{
    private const int MaxDepth = 200;

    public HoconValue Resolve() => ToValue(root, 0) ?? new HoconValue(new HoconObject());

    private HoconValue? ToValue(HoconDraft draft, int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException($"Values are nested deeper than {MaxDepth} levels, or one contains itself.");
        switch (Evaluate(draft))
        {
            case null:
                return null;
            case HoconFields fields:
                var items = new HoconObject();
                foreach (var (key, child) in fields)
                    if (ToValue(child, depth + 1) is { } value)
                        items.Items[key] = value;
                return new HoconValue(items);
            case List<HoconDraft> elements:
                return new HoconValue(elements.Select(it => ToValue(it, depth + 1)).OfType<HoconValue>().ToList());
            case var texts:
                return new HoconValue(Join((List<HoconText>)texts));
        }
    }

    private static string? Join(List<HoconText> texts) => texts is [{ IsQuoted: false, Value: "null" }]
        ? null
        : string.Concat(texts.SkipWhile(static text => text.IsGap).Select(static text => text.Value));

    private object? Evaluate(HoconDraft draft)
    {
        if (draft.IsEvaluated is { } done)
            return done ? draft.Head : draft.Prior is { } before ? Evaluate(before) : null;

        draft.IsEvaluated = false;
        object? head = null;
        foreach (var piece in draft.Pieces)
            head = Concatenate(head, Evaluate(piece, draft));
        if (IsBlank(head))
            head = null;
        if (head is null or HoconFields && draft.Prior is { } prior)
            head = (head, Evaluate(prior)) switch
            {
                (null, var under) => under,
                (HoconFields upper, HoconFields lower) => upper.Over(lower),
                _ => head,
            };
        draft.Head = head;
        draft.IsEvaluated = true;
        return head;
    }

    private object? Evaluate(object piece, HoconDraft owner) => piece switch
    {
        HoconText text => new List<HoconText> { text },
        HoconEarlier => owner.Prior is { } prior ? Evaluate(prior) : null,
        HoconSubstitution substitution => Substitute(substitution),
        _ => piece,
    };

    private object? Substitute(HoconSubstitution substitution)
    {
        var found = substitution.Path.Aggregate((HoconDraft?)root, (at, part) =>
            at is not null && Evaluate(at) is HoconFields fields ? fields.GetValueOrDefault(part) : null);
        if (found is not null && Evaluate(found) is { } head)
            return head;
        var path = string.Join('.', substitution.Path);
        if (Environment.GetEnvironmentVariable(path) is { } variable)
            return new List<HoconText> { new(variable, IsQuoted: true) };
        return substitution.IsOptional ? null : throw new FormatException($"Unresolved substitution: {path}");
    }

    private static object? Concatenate(object? left, object? right) => (left, right) switch
    {
        (null, _) => right,
        (_, null) => left,
        (List<HoconText> a, List<HoconText> b) => new List<HoconText>([.. a, .. b]),
        (List<HoconDraft> a, List<HoconDraft> b) => new List<HoconDraft>([.. a, .. b]),
        (HoconFields a, HoconFields b) => b.Over(a),
        _ when IsBlank(left) => right,
        _ when IsBlank(right) => left,
        _ => throw new FormatException($"{Kind(left)} cannot be joined with {Kind(right)}."),
    };

    private static bool IsBlank(object? head) => head is List<HoconText> texts && texts.TrueForAll(text => text.IsGap);

    private static string Kind(object head) => head switch
    {
        HoconFields => "An object",
        List<HoconText> texts => $"The text '{Join(texts)}'",
        _ => "An array",
    };
}
