using System.Collections.Immutable;
using System.Text.Json;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Translates between a job and its stored document.</summary>
internal static class JobDocuments
{
    private const int Format = 1;

    public static string Write(Job job) => JsonSerializer.Serialize(
        new JobDocument(
            Format,
            job.Inputs.Values.IsEmpty ? null : Documents(job.Inputs),
            job.Attempts.IsEmpty ? null : [.. job.Attempts.Select(Document)],
            job.Outputs.IsEmpty ? null : [.. job.Outputs.Select(Document)],
            job.Error is { } error ? Document(error) : null,
            OnlyTrue(job.CancelRequested),
            OnlyTrue(job.IsDeleted),
            job.TraceParent),
        JobDocumentJson.Default.JobDocument);

    /// <summary>Adds what the document says to the job made of the other columns.</summary>
    /// <exception cref="StoreUnavailableException">No version of the service up to this one wrote the document.</exception>
    public static Job Read(string text, Job job)
    {
        try
        {
            var document = JsonSerializer.Deserialize(text, JobDocumentJson.Default.JobDocument)
                ?? throw new JsonException("there is no document");
            return document.Format == Format
                ? Fill(job, document)
                : throw new JsonException($"format {document.Format} is unknown; known is {Format}");
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or FormatException)
        {
            throw new StoreUnavailableException(
                StoreFault.Damaged, $"The stored job {job.Id} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static Job Fill(Job job, JobDocument document) => job with
    {
        Inputs = document.Inputs is { } inputs ? Value(inputs) : Inputs.Empty,
        Attempts = [.. document.Attempts?.Select(Value) ?? []],
        Outputs = [.. document.Outputs?.Select(Value) ?? []],
        Error = document.Error is { } error ? Value(error) : null,
        CancelRequested = document.CancelRequested is true,
        IsDeleted = document.IsDeleted is true,
        TraceParent = document.TraceParent,
    };

    private static SortedDictionary<string, InputDocument> Documents(Inputs inputs)
    {
        var documents = new SortedDictionary<string, InputDocument>(StringComparer.Ordinal);
        foreach (var (name, value) in inputs.Values)
        {
            documents.Add(name, Document(value));
        }

        return documents;
    }

    private static Inputs Value(SortedDictionary<string, InputDocument> documents) =>
        new(Inputs.Empty.Values.AddRange(documents.Select(
            document => KeyValuePair.Create(document.Key, Value(document.Value)))));

    private static InputDocument Document(InputValue value) => value switch
    {
        InputValue.Image image => new InputDocument(
            Image: new ImageDocument(Document(image.Blob), image.Width, image.Height)),
        InputValue.Graph graph => new InputDocument(Graph: new GraphDocument(
            Document(graph.Blob), [.. graph.Needs.Classes],
            [.. graph.Needs.Choices.Select(choice => (string[])[choice.ClassType, choice.Input, choice.Value])])),
        InputValue.Text text => new InputDocument(Text: text.Value),
        InputValue.Integer integer => new InputDocument(Integer: integer.Value),
        InputValue.Number number => new InputDocument(Number: number.Value),
        InputValue.Flag flag => new InputDocument(Flag: flag.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "an input that cannot be stored"),
    };

    private static InputValue Value(InputDocument document) => document switch
    {
        { Image: { } image } => new InputValue.Image(Value(image.Blob), image.Width, image.Height),
        { Graph: { } graph } => new InputValue.Graph(
            Value(graph.Blob), new GraphNeeds([.. graph.Classes], [.. graph.Choices.Select(Value)])),
        { Text: { } text } => new InputValue.Text(text),
        { Integer: { } integer } => new InputValue.Integer(integer),
        { Number: { } number } => new InputValue.Number(number),
        { Flag: { } flag } => new InputValue.Flag(flag),
        _ => throw new JsonException("an input has no value"),
    };

    private static NeededChoice Value(string[] choice) => choice is [var classType, var input, var value]
        ? new NeededChoice(classType, input, value)
        : throw new JsonException("a needed choice has three words");

    private static BlobDocument Document(BlobRef blob) => new(blob.Id.Value, blob.Size, blob.MediaType);

    private static BlobRef Value(BlobDocument blob) => new(new BlobId(blob.Id), blob.Size, blob.MediaType);

    private static OutputDocument Document(JobOutput output) =>
        new(output.Index, output.NodeId, output.Kind, output.FileName, Document(output.Blob));

    private static JobOutput Value(OutputDocument output) =>
        new(output.Index, output.NodeId, output.Kind, output.FileName, Value(output.Blob));

    private static AttemptDocument Document(Attempt attempt) => new(
        attempt.Number, attempt.On.Value, attempt.PromptId.Value, attempt.DispatchedAt, attempt.StartedAt,
        attempt.EndedAt, attempt.Fault is { } fault ? Document(fault) : null);

    private static Attempt Value(AttemptDocument attempt) => new(
        attempt.Number, new InstanceId(attempt.On), new PromptId(attempt.PromptId), attempt.DispatchedAt,
        attempt.StartedAt, attempt.EndedAt, attempt.Fault is { } fault ? Value(fault) : null);

    private static ErrorDocument Document(JobError error) => new(
        error.Code, error.Blame, error.Message, error.NodeId, error.NodeType, error.ExceptionType,
        error.Instance?.Value, OnlyTrue(error.WorkerDied), OnlyTrue(!error.ChargesAttempt));

    private static JobError Value(ErrorDocument error) => new(error.Code, error.Blame, error.Message)
    {
        NodeId = error.NodeId,
        NodeType = error.NodeType,
        ExceptionType = error.ExceptionType,
        Instance = error.Instance is { } instance ? new InstanceId(instance) : null,
        WorkerDied = error.WorkerDied is true,
        ChargesAttempt = error.FreeOfCharge is not true,
    };

    private static bool? OnlyTrue(bool value) => value ? true : null;
}
