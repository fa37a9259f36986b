using System.Text.Json.Serialization;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>What of a job is stored as JSON: all that no query asks for; what is false or empty is left out.</summary>
/// <param name="Format">Raised when the meaning of anything here changes.</param>
internal sealed record JobDocument(
    int Format,
    SortedDictionary<string, InputDocument>? Inputs = null,
    AttemptDocument[]? Attempts = null,
    OutputDocument[]? Outputs = null,
    ErrorDocument? Error = null,
    bool? CancelRequested = null,
    bool? IsDeleted = null,
    string? TraceParent = null);

/// <summary>One value of a workflow input: exactly one member is set, and tells its kind.</summary>
internal sealed record InputDocument(
    ImageDocument? Image = null,
    GraphDocument? Graph = null,
    string? Text = null,
    decimal? Integer = null,
    double? Number = null,
    bool? Flag = null);

internal sealed record ImageDocument(BlobDocument Blob, int Width, int Height);

/// <param name="Choices">Class, input and value of each.</param>
internal sealed record GraphDocument(BlobDocument Blob, string[] Classes, string[][] Choices);

internal sealed record BlobDocument(string Id, long Size, string MediaType);

internal sealed record AttemptDocument(
    int Number,
    string On,
    string PromptId,
    DateTimeOffset DispatchedAt,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null,
    ErrorDocument? Fault = null);

internal sealed record OutputDocument(int Index, string NodeId, string Kind, string FileName, BlobDocument Blob);

internal sealed record ErrorDocument(
    string Code,
    Blame Blame,
    string Message,
    string? NodeId = null,
    string? NodeType = null,
    string? ExceptionType = null,
    string? Instance = null,
    bool? WorkerDied = null,
    bool? FreeOfCharge = null);

/// <summary>Blames in snake_case words; a number or an unknown word is refused.</summary>
internal sealed class BlameWords()
    : JsonStringEnumConverter<Blame>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(BlameWords)])]
[JsonSerializable(typeof(JobDocument))]
internal sealed partial class JobDocumentJson : JsonSerializerContext;
