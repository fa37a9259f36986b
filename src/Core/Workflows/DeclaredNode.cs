namespace AkkaComfy.Core.Workflows;

/// <summary>What an instance says of one of its node classes.</summary>
/// <param name="IsOutput">Whether it makes something to be seen, and so has a graph run at all.</param>
public sealed record DeclaredNode(IReadOnlyDictionary<string, DeclaredInput> Inputs, bool IsOutput);

/// <summary>What it says of one input of the class.</summary>
/// <param name="Type"><c>INT</c>, <c>FLOAT</c>, <c>STRING</c>, <c>BOOLEAN</c>, <c>COMBO</c>, or that of what is linked.</param>
public sealed record DeclaredInput(string Type, bool Required)
{
    /// <summary>The values that a <c>COMBO</c> offers; null where it is not told.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public bool IsMultiline { get; init; }

    public string? Description { get; init; }

    /// <returns>Null for what no client can send as a value.</returns>
    internal InputType? ValueType => Type switch
    {
        "INT" => InputType.Integer,
        "FLOAT" => InputType.Number,
        "STRING" => InputType.String,
        "BOOLEAN" => InputType.Boolean,
        "COMBO" when Options is { Count: > 0 } => InputType.Enum,
        _ => null,
    };
}
