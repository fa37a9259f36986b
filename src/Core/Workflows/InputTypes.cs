using System.Collections.Frozen;

namespace AkkaComfy.Core.Workflows;

/// <summary>How manifests and the API spell the types of inputs.</summary>
public static class InputTypes
{
    private static readonly FrozenDictionary<string, InputType> ByName =
        Enum.GetValues<InputType>().ToFrozenDictionary(NameOf, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Enum.GetValues<InputType>().Select(NameOf);

    public static string NameOf(InputType type) => type.ToString().ToLowerInvariant();

    public static bool TryParse(string name, out InputType type) => ByName.TryGetValue(name, out type);
}
