using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>A value in a manifest that knows where it stands; what is wrong with it is told by place.</summary>
internal sealed class JsonPlace(JsonElement value, string path, ProblemList problems)
{
    public JsonElement Value => value;

    public bool Has(string key) => value.TryGetProperty(key, out _);

    public void Problem(string key, string reason) => problems.Add(PathTo(key), reason);

    public void Problem(string reason) => problems.Add(path, reason);

    public void AllowKeys(params string[] known)
    {
        foreach (var property in value.EnumerateObject().Where(property => !known.Contains(property.Name)))
        {
            Problem(property.Name, $"is not known here; known are {string.Join(", ", known)}");
        }
    }

    public JsonPlace? Get(string key) =>
        value.TryGetProperty(key, out var found) ? new JsonPlace(found, PathTo(key), problems) : null;

    public JsonPlace? Object(string key) => Get(key)?.AsObject();

    public JsonPlace? AsObject() => Expect(JsonValueKind.Object, "an object") ? this : null;

    public string? String(string key, bool required = false)
    {
        if (Get(key) is { } found)
        {
            return found.AsString();
        }

        if (required)
        {
            Problem(key, "is required");
        }

        return null;
    }

    public string? AsString() => Expect(JsonValueKind.String, "a string") ? value.GetString() : null;

    public bool Boolean(string key)
    {
        if (Get(key) is not { } found || found.Value.ValueKind == JsonValueKind.False)
        {
            return false;
        }

        return found.Expect(JsonValueKind.True, "true or false");
    }

    public decimal? Number(string key)
    {
        if (Get(key) is not { } found || !found.Expect(JsonValueKind.Number, "a number"))
        {
            return null;
        }

        if (found.Value.TryGetDecimal(out var number))
        {
            return number;
        }

        Problem(key, $"{found.Value.GetRawText()} is too large");
        return null;
    }

    public decimal? Integer(string key, decimal minimum, decimal maximum)
    {
        if (Number(key) is not { } number)
        {
            return null;
        }

        if (decimal.IsInteger(number) && number >= minimum && number <= maximum)
        {
            return decimal.Truncate(number);
        }

        Problem(key, $"{number} must be a whole number from {minimum} to {maximum}");
        return null;
    }

    public IEnumerable<JsonPlace> List(string key)
    {
        if (Get(key) is not { } found || !found.Expect(JsonValueKind.Array, "a list"))
        {
            return [];
        }

        return found.Value.EnumerateArray().Select((item, i) => new JsonPlace(item, $"{PathTo(key)}[{i}]", problems));
    }

    public IEnumerable<string> Strings(string key) => List(key).Select(item => item.AsString()).OfType<string>();

    /// <summary>The object-valued members of the object under the key.</summary>
    public IEnumerable<(string Name, JsonPlace Value)> Objects(string key)
    {
        if (Object(key) is not { } found)
        {
            yield break;
        }

        foreach (var property in found.Value.EnumerateObject())
        {
            if (found.Object(property.Name) is { } member)
            {
                yield return (property.Name, member);
            }
        }
    }

    private bool Expect(JsonValueKind kind, string words)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        Problem($"must be {words}, but is {JsonWords.Describe(value)}");
        return false;
    }

    private string PathTo(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
