using System.Security.Cryptography;
using System.Text;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// A digest for each node of what its result depends on: class, inputs, files read, and the same of its sources.
/// </summary>
internal sealed class NodeSignatures(PromptGraph graph, NodeCatalog catalog)
{
    private readonly Dictionary<string, string> _known = [];

    /// <param name="withIds">Whether the same node under another id counts as another.</param>
    public Dictionary<string, string> ForAll(bool withIds)
    {
        foreach (var id in graph.Ids)
        {
            _ = Of(id);
        }

        return graph.Ids.ToDictionary(id => id, id => withIds ? $"{id} {_known[id]}" : _known[id]);
    }

    private string Of(string id)
    {
        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        if (!graph.Contains(id))
        {
            return "missing";
        }
        // A node that depends on itself must not be asked for ever.
        _known[id] = "cycle";
        var inputs = graph.InputsOf(id);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(graph.ClassOf(id));
        Append(catalog.Find(graph.ClassOf(id))?.Fingerprint(inputs) ?? "");
        foreach (var (name, value) in inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            Append(name);
            if (PromptGraph.LinkOf(value) is { } link)
            {
                Append($"link {Of(link.Node)} {link.Slot}");
            }
            else
            {
                AppendBytes(Json.Bytes(value));
            }
        }

        return _known[id] = Convert.ToHexString(hash.GetCurrentHash());

        void Append(string text) => AppendBytes(Encoding.UTF8.GetBytes(text));

        void AppendBytes(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            hash.AppendData([0]);
        }
    }
}
