namespace AkkaComfy.Runtime.Internals.Tests.PublicApi;

/// <summary>Types as C# writes them.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>With its namespace.</summary>
    public static string Full(Type type) => $"{type.Namespace}.{Of(type)}";

    public static string Of(Type type)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!);
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsGenericParameter)
            return type.Name;
        var arguments = type.GetGenericArguments();
        var outer = type.DeclaringType is { } declaring ? Outer(declaring) + "." : "";
        return outer + Bare(type) + (arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(Of))}>" : "");
    }

    private static string Outer(Type type) =>
        (type.DeclaringType is { } declaring ? Outer(declaring) + "." : "") + Bare(type);

    private static string Bare(Type type) => type.Name.Split('`')[0];
}
