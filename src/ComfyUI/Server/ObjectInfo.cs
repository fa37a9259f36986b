namespace AkkaComfy.ComfyUI;

/// <summary>The node classes a server has, and which values their list inputs accept (models among them).</summary>
public sealed record ObjectInfo(IReadOnlyDictionary<string, NodeClass> Classes)
{
    public bool Has(string classType) => Classes.ContainsKey(classType);

    /// <summary>The values an input accepts; null if it is no list, or unknown.</summary>
    public IReadOnlyList<string>? Options(string classType, string input) =>
        Classes.GetValueOrDefault(classType)?.Inputs.GetValueOrDefault(input)?.Options;
}

/// <summary>One node class.</summary>
public sealed record NodeClass(string Name, IReadOnlyDictionary<string, NodeInput> Inputs, bool IsOutput);

/// <summary>One declared input of a node class; a list has the type COMBO whichever way the server writes it.</summary>
public sealed record NodeInput(string Type, bool Required, IReadOnlyList<string>? Options)
{
    /// <summary>Of a number; null where the server names none, or one beyond all decimals.</summary>
    public decimal? Minimum { get; init; }

    /// <inheritdoc cref="Minimum"/>
    public decimal? Maximum { get; init; }

    /// <summary>A text of several lines, such as a prompt.</summary>
    public bool IsMultiline { get; init; }

    /// <summary>What the server says of it to people.</summary>
    public string? Tooltip { get; init; }
}
