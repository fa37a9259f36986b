namespace Akka.Configuration.Hocon;

/// <summary>Reads HOCON text into values.</summary>
public class Parser
{
    private const int MaxDepth = 200;

    private readonly HoconReader _reader;
    private readonly Func<string, HoconRoot>? _include;
    private int _depth;

    private Parser(string text, Func<string, HoconRoot>? include)
    {
        _reader = new HoconReader(text);
        _include = include;
    }

    /// <param name="text">What to read.</param>
    /// <param name="includeCallback">Finds what <c>include "name"</c> names; null if nothing may be included.</param>
    public static HoconRoot Parse(string text, Func<string, HoconRoot>? includeCallback) =>
        new(new HoconResolver(new Parser(text, includeCallback).Root()).Resolve());

    private HoconDraft Root()
    {
        _reader.SkipBlank();
        object root = _reader.Peek switch
        {
            '[' => Array(),
            '{' => Object(),
            _ => Fields(closer: null),
        };
        _reader.SkipBlank();
        if (!_reader.AtEnd)
            throw _reader.Error($"unexpected '{_reader.Peek}' after the end of the root");
        return new HoconDraft(root);
    }

    private HoconFields Object() => Nested("object", '{', '}', () => Fields('}'));

    private List<HoconDraft> Array() => Nested("array", '[', ']', () =>
    {
        var elements = new List<HoconDraft>();
        for (_reader.SkipBlank(); !_reader.AtEnd && _reader.Peek != ']'; Separator("element", ']'))
            elements.Add(Value());
        return elements;
    });

    private T Nested<T>(string what, char opener, char closer, Func<T> content)
    {
        // No text may exhaust the stack.
        if (++_depth > MaxDepth)
            throw _reader.Error($"values are nested deeper than {MaxDepth} levels");
        var opened = _reader.Line;
        _reader.Skip(opener);
        var read = content();
        if (!_reader.TrySkip(closer))
            throw _reader.Error($"the {what} opened in line {opened} is not closed");
        _depth--;
        return read;
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
        var adds = _reader.TrySkip('+');
        if (adds)
            _reader.Skip('=');
        else if (_reader.Peek != '{' && !_reader.TrySkip('=') && !_reader.TrySkip(':'))
            throw _reader.Error($"the key '{string.Join('.', path)}' has no value");
        _reader.SkipBlank();
        var value = Value();
        if (adds)
            value = new HoconDraft(HoconEarlier.Instance, new List<HoconDraft> { value });
        foreach (var part in path.Skip(1).Reverse())
            value = new HoconDraft(new HoconFields { [part] = value });
        fields.Put(path[0], value);
    }

    private void Include(HoconFields fields)
    {
        var included = Included() as HoconFields ?? throw _reader.Error("only an object can be included here");
        foreach (var (key, value) in included)
            fields.Put(key, value);
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
        var pieces = new List<object>();
        while (true)
        {
            var gap = _reader.Gap();
            if (_reader.AtEndOfValue)
                break;
            if (gap is not null && pieces.Count > 0)
                pieces.Add(new HoconText(gap, IsGap: true));
            pieces.Add(Piece());
        }
        return pieces.Count > 0 ? new HoconDraft(pieces) : throw _reader.Error("a value is missing");
    }

    private object Piece() => _reader.Peek switch
    {
        '{' => Object(),
        '[' => Array(),
        '"' => new HoconText(_reader.Quoted(), IsQuoted: true),
        '$' => _reader.Substitution(),
        _ => _reader.TrySkipInclude() ? Included() : new HoconText(_reader.Unquoted()),
    };

    private void Separator(string of, char? closer)
    {
        var newLine = _reader.SkipBlank();
        if (_reader.TrySkip(','))
            _reader.SkipBlank();
        else if (!newLine && !_reader.AtEnd && _reader.Peek != closer)
            throw _reader.Error($"unexpected '{_reader.Peek}' after a {of}");
    }
}
