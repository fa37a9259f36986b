using System.Collections.Frozen;
using System.Net;

namespace AkkaComfy.Host.Settings;

/// <summary>Whether clients may bring graphs of their own, and made of which nodes.</summary>
/// <param name="LocalOnly">Not even from this machine on somebody else's behalf: what holds where nobody has decided.</param>
/// <param name="Nodes">The node classes that such a graph may have; empty for any.</param>
public sealed record PromptRules(bool Allowed, bool LocalOnly, FrozenSet<string> Nodes)
{
    private const string Key = "ALLOW_RAW_PROMPTS";
    private const string NodesKey = "RAW_PROMPT_NODES";
    private const int LongestName = 200;

    internal static PromptRules Read(SettingsReader reader, IPAddress bind)
    {
        var names = (reader.Find(NodesKey) ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (names is not [""])
        {
            foreach (var name in names.Where(name => name.Length is 0 or > LongestName))
            {
                reader.Refuse(NodesKey, name, $"names of node classes, 1 to {LongestName} characters each, with commas between");
            }
        }

        return new PromptRules(
            reader.Flag(Key, IPAddress.IsLoopback(bind)),
            LocalOnly: reader.Find(Key) is null,
            names.Where(name => name.Length > 0).ToFrozenSet());
    }
}
