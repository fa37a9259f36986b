using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaComfy.Host.Commands.Config;
using AkkaComfy.Host.Commands.Run;

namespace AkkaComfy.Host.Commands.Output;

/// <summary>How what commands say becomes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ConfigReport))]
[JsonSerializable(typeof(FailureReport))]
[JsonSerializable(typeof(EventLine))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    public static CommandJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>Why a command did not do what it was asked.</summary>
internal sealed record FailureReport(string Code, string Error);

/// <summary>One event of the service.</summary>
internal sealed record EventLine(string Event, JsonElement Data);
