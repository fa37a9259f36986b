namespace Akka.Configuration.Hocon;

/// <summary>A string, number, boolean or null, kept as text.</summary>
public class HoconLiteral : IHoconElement
{
    /// <summary>The text; null stands for HOCON's <c>null</c>.</summary>
    public string? Value { get; set; }
    public bool IsString() => true;
    public string? GetString() => Value;
    public bool IsArray() => false;
    public IList<HoconValue> GetArray() => throw new NotSupportedException("A literal is not an array.");
    public override string ToString() => Value ?? "null";
}
