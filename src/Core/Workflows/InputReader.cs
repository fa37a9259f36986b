using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>Reads a job's inputs from what a client sent.</summary>
internal sealed class InputReader(Workflow workflow, Func<ulong> nextSeed)
{
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);
    private readonly ImmutableSortedDictionary<string, InputValue>.Builder _values = Inputs.Empty.Values.ToBuilder();

    public InputsRead Read(
        IReadOnlyDictionary<string, string> fields, IReadOnlyDictionary<string, InputValue.Image> images)
    {
        foreach (var name in fields.Keys.Concat(images.Keys).Where(name => !workflow.Inputs.ContainsKey(name)))
        {
            var known = string.Join(", ", workflow.Inputs.Keys);
            _errors[name] = [$"{JsonWords.Quote(name)} is not a field of '{workflow.Name}'; its fields are {known}"];
        }

        foreach (var spec in workflow.Inputs.Values)
        {
            Read(spec, fields.GetValueOrDefault(spec.Name), images.GetValueOrDefault(spec.Name));
        }

        return _errors.Count == 0
            ? new InputsRead(new Inputs(_values.ToImmutable()), _errors)
            : new InputsRead(null, _errors);
    }

    private void Read(InputSpec spec, string? text, InputValue.Image? image)
    {
        switch (spec.IsImage, text, image)
        {
            case (true, _, not null):
                _values[spec.Name] = image;
                break;
            case (true, not null, _):
                Fail(spec, $"'{spec.Name}' must be a file, but a text was sent: {JsonWords.Quote(text)}");
                break;
            case (false, _, not null):
                Fail(spec, $"'{spec.Name}' must be of type {spec.TypeName}, but a file was sent");
                break;
            case (_, not null, _):
                ReadText(spec, text);
                break;
            default:
                UseDefault(spec);
                break;
        }
    }

    private void ReadText(InputSpec spec, string text)
    {
        var (value, error) = InputText.Read(spec, text);
        if (value is not null)
        {
            _values[spec.Name] = value;
        }
        else
        {
            Fail(spec, $"'{spec.Name}': {error}");
        }
    }

    private void UseDefault(InputSpec spec)
    {
        if (spec.Required)
        {
            Fail(spec, $"'{spec.Name}' is required{(spec.IsImage ? ": an image file" : "")}");
        }
        else if (spec.Default is { } value)
        {
            _values[spec.Name] = value;
        }
        else if (spec.Type == InputType.Seed)
        {
            _values[spec.Name] = new InputValue.Integer(DrawSeed(spec));
        }
    }

    private decimal DrawSeed(InputSpec spec)
    {
        var (minimum, maximum) = ((ulong)spec.Minimum!.Value, (ulong)spec.Maximum!.Value);
        var span = maximum - minimum;
        return span == ulong.MaxValue ? nextSeed() : minimum + (nextSeed() % (span + 1));
    }

    private void Fail(InputSpec spec, string error) => _errors[spec.Name] = [error];
}
