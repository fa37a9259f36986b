using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>Validates nodes of one prompt and, before each, the nodes it links to; every node once.</summary>
internal sealed class NodeValidation(JsonObject prompt, NodeCatalog catalog)
{
    private const int MaxDepth = 200;

    private readonly OrderedDictionary<string, NodeVerdict> _verdicts = [];

    public IEnumerable<KeyValuePair<string, NodeVerdict>> Verdicts => _verdicts;

    public NodeVerdict CheckOutput(string id)
    {
        try
        {
            return Check(id, depth: 0);
        }
        catch (PythonException e)
        {
            return _verdicts[id] = new NodeVerdict(false, [ValidationErrors.Outer(e)]);
        }
    }

    private NodeVerdict Check(string id, int depth)
    {
        if (_verdicts.TryGetValue(id, out var known))
        {
            return known;
        }

        if (depth > MaxDepth)
        {
            throw new PythonException("RecursionError", "maximum recursion depth exceeded");
        }

        var node = NodeOf(id);
        if (prompt[id]!["inputs"] is not { } given)
        {
            throw new PythonException("KeyError", "'inputs'");
        }

        var inputs = given as JsonObject ?? [];
        var (schema, errors) = (node.Spec.Schema, new List<JsonObject>());
        var upstreamIsValid = true;
        foreach (var input in node.Spec.Inputs)
        {
            if (!inputs.TryGetPropertyValue(input.Name, out var value))
            {
                errors.AddRange(input.Optional ? [] : [ValidationErrors.Missing(input.Name)]);
            }
            else if (value is JsonArray link)
            {
                upstreamIsValid &= CheckLink(input, schema, link, errors, depth);
            }
            else if (InputConversion.Apply(input, schema, inputs) is { } error)
            {
                errors.Add(error);
            }
        }

        if (errors.Count == 0 && upstreamIsValid && node.Check(inputs) is var (name, complaint))
        {
            errors.Add(ValidationErrors.Custom(name, complaint));
        }

        return _verdicts[id] = new NodeVerdict(errors.Count == 0 && upstreamIsValid, errors);
    }

    /// <summary>
    /// Whether what is upstream is valid; a fault of the link itself goes into <paramref name="errors"/>.
    /// </summary>
    private bool CheckLink(InputSpec input, NodeSchema schema, JsonArray link, List<JsonObject> errors, int depth)
    {
        if (link.Count != 2)
        {
            errors.Add(ValidationErrors.BadLink(input, schema, link));
            return true;
        }

        var source = Python.Text(link[0]);
        var received = OutputType(NodeOf(source), link[1]);
        if (received != input.Type && input.Type != InputSpec.Any)
        {
            errors.Add(ValidationErrors.Mismatch(input, schema, received, link));
            return true;
        }

        try
        {
            return Check(source, depth + 1).IsValid;
        }
        catch (PythonException e)
        {
            _verdicts[source] = new NodeVerdict(false, [ValidationErrors.Inner(input, schema, e, link)]);
            return false;
        }
    }

    private Node NodeOf(string id) =>
        prompt[id]?["class_type"] is { } name && catalog.Find(Python.Text(name)) is { } node
            ? node
            : throw new PythonException("KeyError", Python.Quoted(id));

    private static string OutputType(Node node, JsonNode? slot)
    {
        if (slot?.GetValueKind() != JsonValueKind.Number || Python.TypeName(slot) != "int")
        {
            throw new PythonException(
                "TypeError", $"tuple indices must be integers or slices, not {Python.TypeName(slot)}");
        }

        var (index, outputs) = (Python.Integer(slot), node.Spec.Outputs);
        if (index < 0)
        {
            index += outputs.Count;
        }

        return index >= 0 && index < outputs.Count
            ? outputs[(int)index]
            : throw new PythonException("IndexError", "tuple index out of range");
    }
}
