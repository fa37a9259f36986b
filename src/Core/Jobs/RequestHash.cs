using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Jobs;

/// <summary>Tells whether two submissions ask for the same: workflow, values that were sent, content of each image.</summary>
/// <remarks>What the service adds, a random seed for one, and how the values were written play no part.</remarks>
public static class RequestHash
{
    /// <param name="given">The values that the client sent, not those that it left open.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(WorkflowName workflow, IEnumerable<KeyValuePair<string, InputValue>> given)
    {
        var values = given.ToLookup(value => value.Value is InputValue.Image or InputValue.Graph);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, workflow.Value);
        AppendAll(hash, values[false]);
        AppendAll(hash, values[true]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string TextOf(InputValue value) => value switch
    {
        InputValue.Image image => image.Blob.Id.Value,
        InputValue.Graph graph => graph.Blob.Id.Value,
        InputValue.Text text => text.Value,
        InputValue.Integer integer => integer.Value.ToString("0", CultureInfo.InvariantCulture),
        InputValue.Number number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        InputValue.Flag flag => flag.Value ? "true" : "false",
        _ => throw new UnreachableException($"{value.GetType().Name} is no value of an input"),
    };

    private static void AppendAll(IncrementalHash hash, IEnumerable<KeyValuePair<string, InputValue>> entries)
    {
        var sorted = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        Append(hash, sorted.Count);
        foreach (var (name, value) in sorted)
        {
            Append(hash, name);
            Append(hash, TextOf(value));
        }
    }

    // Each text with its length before it: no two lists of texts give the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
