using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace AkkaComfy.Core.Workflows;

/// <summary>Tells whether all texts of a JSON value are Unicode: a parser may leave that open.</summary>
public static class JsonTexts
{
    internal const string Unreadable = "holds a text that is no Unicode, such as half of a surrogate pair";

    public static bool AreReadable(JsonElement root)
    {
        var raw = JsonMarshal.GetRawUtf8Value(root);
        return Utf8.IsValid(raw) && (raw.IndexOf("\\u"u8) < 0 || AreEscapesWhole(root));
    }

    private static bool AreEscapesWhole(JsonElement root)
    {
        try
        {
            Visit(root);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Visit(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Visit(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Visit(property.Value);
                }

                break;
        }
    }
}
