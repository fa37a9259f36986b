using AkkaComfy.Host.Problems;

namespace AkkaComfy.Host.Http;

/// <summary>Reads the query of a request, and words what is wrong with it: the name, the value, what would be right.</summary>
internal static class Query
{
    private const int LongestQuoted = 40;

    /// <returns>Null when it is not given, or empty; one that is given twice comes with a comma, and fits nothing.</returns>
    public static string? Find(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    public static Problem Bad(string name, string value, string expected)
    {
        var quoted = value.Length > LongestQuoted ? $"{value[..LongestQuoted]}…" : value;
        return Problem.Field(name, $"'{name}' in the query is '{quoted}'; expected {expected}", "invalid_query");
    }
}
