using System.Text.Encodings.Web;
using System.Text.Json;

namespace AkkaComfy.Host;

/// <summary>How JSON is written everywhere.</summary>
internal static class Json
{
    /// <summary>The answer is never embedded in HTML, so only what JSON itself demands is escaped.</summary>
    public static JsonWriterOptions WriterOptions { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
