namespace Akka.Configuration.Hocon;

/// <summary>
/// Turns drafts into values. A draft is evaluated only down to its kind (text, array or object) when a substitution
/// asks for it, so that fields of one object can refer to each other.
/// </summary>
internal sealed class HoconResolver(HoconDraft root)
{
    private const int MaxDepth = 200;

    public HoconValue Resolve() => ToValue(root, 0) ?? new HoconValue([new HoconObject()]);

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
                return new HoconValue([items]);
            case List<HoconDraft> elements:
                var array = new HoconArray();
                array.AddRange(elements.Select(element => ToValue(element, depth + 1)).OfType<HoconValue>());
                return new HoconValue([array]);
            case List<HoconText> texts:
                return new HoconValue([new HoconLiteral { Value = Join(texts) }]);
            case var unknown:
                throw new InvalidOperationException($"No value is made of {unknown.GetType().Name}.");
        }
    }

    private static string? Join(List<HoconText> texts) => texts is [{ IsQuoted: false, Value: "null" }]
        ? null
        : string.Concat(texts.SkipWhile(text => text.IsGap).Select(text => text.Value));

    private object? Evaluate(HoconDraft draft)
    {
        if (draft.State == HoconState.Done)
            return draft.Head;
        if (draft.State == HoconState.Evaluating)
            return draft.Prior is { } before ? Evaluate(before) : null;

        draft.State = HoconState.Evaluating;
        object? head = null;
        foreach (var piece in draft.Pieces)
            head = Concatenate(head, Evaluate(piece, draft));
        if (head is List<HoconText> texts && texts.TrueForAll(text => text.IsGap))
            head = null;
        if (head is null or HoconFields && draft.Prior is { } prior)
        {
            var under = Evaluate(prior);
            head = (head, under) switch
            {
                (null, _) => under,
                (HoconFields upper, HoconFields lower) => upper.Over(lower),
                _ => head,
            };
        }
        draft.Head = head;
        draft.State = HoconState.Done;
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
        object? found = root;
        foreach (var part in HoconPath.Split(substitution.Path))
        {
            found = found is HoconDraft { } at && Evaluate(at) is HoconFields fields
                ? fields.GetValueOrDefault(part)
                : null;
        }
        if (found is HoconDraft target && Evaluate(target) is { } head)
            return head;
        if (Environment.GetEnvironmentVariable(substitution.Path) is { } variable)
            return new List<HoconText> { HoconText.Quoted(variable) };
        return substitution.IsQuestionMark
            ? null
            : throw new FormatException($"Unresolved substitution: {substitution.Path}");
    }

    private static object? Concatenate(object? left, object? right) => (left, right) switch
    {
        (null, _) => right,
        (_, null) => left,
        (List<HoconText> a, List<HoconText> b) => new List<HoconText>([.. a, .. b]),
        (List<HoconDraft> a, List<HoconDraft> b) => new List<HoconDraft>([.. a, .. b]),
        (HoconFields a, HoconFields b) => b.Over(a),
        (List<HoconText> a, _) when a.TrueForAll(text => text.IsGap) => right,
        (_, List<HoconText> b) when b.TrueForAll(text => text.IsGap) => left,
        _ => throw new FormatException($"{Kind(left)} cannot be joined with {Kind(right)}."),
    };

    private static string Kind(object head) => head switch
    {
        HoconFields => "An object",
        List<HoconDraft> => "An array",
        List<HoconText> texts => $"The text '{Join(texts)}'",
        _ => head.GetType().Name,
    };
}
