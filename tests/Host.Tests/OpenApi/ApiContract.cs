using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AkkaComfy.Host.Tests.OpenApi;

/// <summary>What the service's own document promises.</summary>
internal sealed class ApiContract(JsonElement document)
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    private readonly JsonShape _shape = new(document.GetProperty("components").GetProperty("schemas"));

    /// <summary>Those with parameters after those without: <c>/api/jobs/stats</c> is no job.</summary>
    private readonly List<(Regex Path, JsonElement Item)> _paths =
    [
        .. document.GetProperty("paths").EnumerateObject().OrderBy(path => path.Name.Contains('{'))
            .Select(path => (Pattern(path.Name), path.Value)),
    ];

    public IEnumerable<(string Method, string Path, JsonElement Operation)> Operations =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    public IEnumerable<string> Misfits(JsonElement value, JsonElement schema) => _shape.Misfits(value, schema);

    /// <summary>What an answer breaks of the promises; of routes that are none of the document's, nothing is promised.</summary>
    public IEnumerable<string> Broken(HttpMethod method, string path, int status, string? mediaType, byte[] body)
    {
        var item = _paths.FirstOrDefault(known => known.Path.IsMatch(path)).Item;
        if (item.ValueKind == JsonValueKind.Undefined
            || !item.TryGetProperty(method.Method.ToLowerInvariant(), out var operation))
        {
            return [];
        }

        var responses = operation.GetProperty("responses");
        var isListed = responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var response);
        if (!isListed)
        {
            response = responses.GetProperty("default");
        }

        if (mediaType is not (Json or Problem))
        {
            return isListed || body.Length == 0 ? [] : [$"{status} is not promised"];
        }

        if (!response.TryGetProperty("content", out var content) || !content.TryGetProperty(mediaType, out var media))
        {
            return [$"{status} as {mediaType} is not promised"];
        }

        using var json = JsonDocument.Parse(body);
        var misfits = Misfits(json.RootElement, media.GetProperty("schema")).ToList();
        if (mediaType == Problem && response.TryGetProperty("x-codes", out var codes)
            && !codes.EnumerateArray().Concat(OfAny(responses)).Any(code => JsonElement.DeepEquals(code, json.RootElement.GetProperty("code"))))
        {
            misfits.Add($"the code {json.RootElement.GetProperty("code")} of {status} is not promised");
        }

        return misfits;
    }

    private static JsonElement.ArrayEnumerator OfAny(JsonElement responses) =>
        responses.GetProperty("default").GetProperty("x-codes").EnumerateArray();

    private static Regex Pattern(string path) => new(
        $"^{string.Join("[^/]+", path.Split('{').Select(piece => piece[(piece.IndexOf('}') + 1)..]))}$",
        RegexOptions.NonBacktracking, TimeSpan.FromSeconds(10));
}
