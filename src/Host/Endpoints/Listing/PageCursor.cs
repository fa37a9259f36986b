using System.Buffers.Binary;
using System.Buffers.Text;

namespace AkkaComfy.Host.Endpoints.Listing;

/// <summary>Where a page of a list ends, as clients hand it back: opaque to them, checked when it returns.</summary>
internal static class PageCursor
{
    private const byte Version = 1;
    private const int Length = 1 + sizeof(long);

    public static string Write(long place)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], place);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string text, out long place)
    {
        place = 0;
        Span<byte> bytes = stackalloc byte[Length];
        if (!Base64Url.IsValid(text, out var length) || length != Length
            || !Base64Url.TryDecodeFromChars(text, bytes, out _) || bytes[0] != Version)
        {
            return false;
        }

        place = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        return place > 0 && Write(place) == text;
    }
}
