using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>One run of one node: its inputs, and what it may do to the world.</summary>
internal sealed class NodeCall(NodeContext context, IReadOnlyDictionary<string, object?> inputs)
{
    public NodeContext Context => context;

    public ImageBatch Images(string name) => Get<ImageBatch>(name);

    /// <summary>What came over a link or stands in the prompt; null where an optional input was left out.</summary>
    public object? Find(string name) => inputs.GetValueOrDefault(name);

    public T Get<T>(string name) => inputs.GetValueOrDefault(name) switch
    {
        T value => value,
        null => throw new PythonException("AttributeError", $"'NoneType' object given for input '{name}'"),
        var other => throw new PythonException("TypeError", $"input '{name}' is {other}, not {typeof(T).Name}"),
    };

    public int Integer(string name)
    {
        var value = Python.Integer(Constant(name));
        return value >= int.MinValue && value <= int.MaxValue
            ? (int)value
            : throw new PythonException("OverflowError", $"input '{name}' is {value}: too large to convert");
    }

    /// <summary>Of 64 bits without a sign, as validation has made sure.</summary>
    public ulong Seed(string name) => (ulong)Python.Integer(Constant(name));

    public double Number(string name) => Python.Float(Constant(name));

    public bool Flag(string name) => Python.Truth(Constant(name));

    public string Text(string name) => Python.Text(Constant(name));

    private JsonNode? Constant(string name) => inputs.GetValueOrDefault(name) switch
    {
        JsonNode constant => constant,
        null => null,
        var linked => throw new PythonException("TypeError", $"input '{name}' is {linked}, not a constant"),
    };
}
