namespace Akka.Configuration.Hocon;

/// <summary>Reads HOCON text into values.</summary>
public class Parser
{
    private readonly HoconReader _reader;
    private readonly Func<string, HoconRoot>? _include;
    private readonly List<HoconSubstitution> _substitutions = [];

    private Parser(string text, Func<string, HoconRoot>? include)
    {
        _reader = new HoconReader(text);
        _include = include;
    }

    /// <param name="text">What to read.</param>
    /// <param name="includeCallback">Finds what <c>include "name"</c> names; null if nothing may be included.</param>
    public static HoconRoot Parse(string text, Func<string, HoconRoot>? includeCallback)
    {
        var parser = new Parser(text, includeCallback);
        var value = new HoconResolver(parser.Root()).Resolve();
        foreach (var substitution in parser._substitutions)
            substitution.ResolvedValue = value.At(substitution.Path);
        return new HoconRoot(value, parser._substitutions);
    }

    private HoconDraft Root()
    {
        _reader.SkipBlank();
        object root = _reader.Peek switch
        {
            '[' => Array(),
            '{' => Braced(),
            _ => Fields(closer: null),
        };
        _reader.SkipBlank();
        if (!_reader.AtEnd)
            throw _reader.Error($"unexpected '{_reader.Peek}' after the end of the root");
        return new HoconDraft(root);
    }

    private HoconFields Braced()
    {
        using var _ = _reader.Nest();
        var opened = _reader.Line;
        _reader.Skip('{');
        var fields = Fields('}');
        if (!_reader.TrySkip('}'))
            throw _reader.Error($"the object opened in line {opened} is not closed");
        return fields;
    }

    private HoconFields Fields(char? closer)
    {
        var fields = new HoconFields();
        for (_reader.SkipBlank(); !_reader.AtEnd && _reader.Peek != closer; Separator("field", closer))
        {
            if (_reader.TrySkipInclude())
                Include(fields);
            else
                Field(fields);
        }
        return fields;
    }

    private void Field(HoconFields fields)
    {
        var path = _reader.Path("{=:+");
        HoconDraft value;
        if (_reader.Peek == '{')
        {
            value = Value();
        }
        else if (_reader.TrySkip('+'))
        {
            _reader.Skip('=');
            _reader.SkipBlank();
            value = new HoconDraft(HoconEarlier.Instance, new List<HoconDraft> { Value() });
        }
        else
        {
            if (!_reader.TrySkip('=') && !_reader.TrySkip(':'))
                throw _reader.Error($"the key '{string.Join('.', path)}' has no value");
            _reader.SkipBlank();
            value = Value();
        }
        foreach (var part in path.Skip(1).Reverse())
            value = new HoconDraft(new HoconFields { [part] = value });
        fields.Put(path[0], value);
    }

    private void Include(HoconFields fields)
    {
        foreach (var draft in (Included() as HoconFields ?? throw _reader.Error("only an object can be included here")))
            fields.Put(draft.Key, draft.Value);
    }

    private object Included()
    {
        var name = _reader.Quoted();
        if (_include is null)
            throw _reader.Error($"include \"{name}\" needs an include callback");
        var root = _include(name) ?? throw _reader.Error($"include \"{name}\" found nothing");
        return HoconDraft.From(root.Value).Pieces[0];
    }

    private HoconDraft Value()
    {
        var draft = new HoconDraft();
        while (true)
        {
            if (_reader.Gap() is { } gap && draft.Pieces.Count > 0)
                draft.Pieces.Add(HoconText.Gap(gap));
            if (_reader.AtEndOfValue)
                break;
            draft.Pieces.Add(Piece());
        }
        if (draft.Pieces.Count > 0 && draft.Pieces[^1] is HoconText { IsGap: true })
            draft.Pieces.RemoveAt(draft.Pieces.Count - 1);
        return draft.Pieces.Count > 0 ? draft : throw _reader.Error("a value is missing");
    }

    private object Piece()
    {
        switch (_reader.Peek)
        {
            case '{':
                return Braced();
            case '[':
                return Array();
            case '"':
                return HoconText.Quoted(_reader.Quoted());
            case '$':
                var substitution = _reader.Substitution();
                _substitutions.Add(substitution);
                return substitution;
            default:
                return _reader.TrySkipInclude() ? Included() : HoconText.Plain(_reader.Unquoted());
        }
    }

    private List<HoconDraft> Array()
    {
        using var _ = _reader.Nest();
        var opened = _reader.Line;
        _reader.Skip('[');
        var elements = new List<HoconDraft>();
        for (_reader.SkipBlank(); !_reader.AtEnd && _reader.Peek != ']'; Separator("element", ']'))
            elements.Add(Value());
        if (!_reader.TrySkip(']'))
            throw _reader.Error($"the array opened in line {opened} is not closed");
        return elements;
    }

    private void Separator(string of, char? closer)
    {
        var newLine = _reader.SkipBlank();
        if (_reader.TrySkip(','))
            _reader.SkipBlank();
        else if (!newLine && !_reader.AtEnd && _reader.Peek != closer)
            throw _reader.Error($"unexpected '{_reader.Peek}' after a {of}");
    }
}
