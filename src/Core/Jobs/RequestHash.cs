using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Jobs;

/// <summary>Tells whether two submissions ask for the same: workflow, fields as sent, content of each image.</summary>
/// <remarks>What the service adds, a random seed for one, and how the body was put together play no part.</remarks>
public static class RequestHash
{
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(
        WorkflowName workflow,
        IEnumerable<KeyValuePair<string, string>> fields,
        IEnumerable<KeyValuePair<string, BlobId>> images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, workflow.Value);
        AppendAll(hash, fields);
        AppendAll(hash, images.Select(image => KeyValuePair.Create(image.Key, image.Value.Value)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendAll(IncrementalHash hash, IEnumerable<KeyValuePair<string, string>> entries)
    {
        var sorted = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        Append(hash, sorted.Count);
        foreach (var (name, value) in sorted)
        {
            Append(hash, name);
            Append(hash, value);
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
