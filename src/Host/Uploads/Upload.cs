using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Uploads;

/// <summary>What one request held: text by field, images on their way to the store, what is wrong.</summary>
/// <remarks>Owns its unfinished files: disposed before <see cref="KeepAsync"/>, nothing of them stays.</remarks>
internal sealed class Upload : IAsyncDisposable
{
    private readonly Dictionary<string, UploadedImage> _images = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<IBlobPin> _pins = [];
    private (GraphNeeds Needs, IBlobWriter Writer)? _graph;

    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The images by field, not yet stored: their blobs have a size and a type, but no id.</summary>
    public IReadOnlyDictionary<string, InputValue.Image> Images => _images.ToDictionary(
        entry => entry.Key, entry => entry.Value.Value, StringComparer.Ordinal);

    /// <summary>The addresses of images by field, as the client wrote them.</summary>
    public IReadOnlyDictionary<string, string> Links => _links;

    public IEnumerable<KeyValuePair<string, string>> Errors => _errors.SelectMany(
        refused => refused.Value.Select(message => KeyValuePair.Create(refused.Key, message)));

    public bool HasErrors => _errors.Count > 0;

    /// <summary>What a client is told of the errors, if there are any.</summary>
    public string ErrorCode { get; private set; } = "invalid_input";

    /// <summary>A field of this name has come.</summary>
    /// <returns>The input that it is for; null where its value does not matter any more.</returns>
    public InputSpec? Begin(string field, Workflow workflow)
    {
        if (!_seen.Add(field))
        {
            Refuse(field, $"'{field}' is given more than once");
            return null;
        }

        if (!workflow.Inputs.TryGetValue(field, out var input))
        {
            Fields.Add(field, "");
        }

        return input;
    }

    public void Add(string field, UploadedImage image) => _images.Add(field, image);

    /// <summary>Takes over the file of a graph; the value has no blob yet.</summary>
    public void Add(GraphNeeds needs, IBlobWriter writer) => _graph = (needs, writer);

    public void Link(string field, string address) => _links.Add(field, address);

    public bool IsRefused(string field) => _errors.ContainsKey(field);

    public void Refuse(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
        {
            _errors.Add(field, messages = []);
        }

        messages.Add(message);
    }

    /// <summary>The image of a field could not be fetched from its address: that is the client's to know, too.</summary>
    public void RefuseLink(string field, string message)
    {
        Refuse(field, message);
        ErrorCode = "image_url_failed";
    }

    /// <summary>Stores the images, and the graph if there is one, and names them in the inputs.</summary>
    /// <remarks>They are kept from deletion until <see cref="Release"/>.</remarks>
    public async Task<Inputs> KeepAsync(Inputs inputs, CancellationToken cancellationToken)
    {
        var values = inputs.Values.ToBuilder();
        foreach (var (field, image) in _images)
        {
            var pin = await image.Writer.CompleteAsync(image.Value.Blob.MediaType, cancellationToken);
            _pins.Add(pin);
            values[field] = image.Value with { Blob = pin.Blob };
        }

        if (_graph is var (needs, writer))
        {
            var pin = await writer.CompleteAsync("application/json", cancellationToken);
            _pins.Add(pin);
            values[Inputs.GraphInput] = new InputValue.Graph(pin.Blob, needs);
        }

        return new Inputs(values.ToImmutable());
    }

    /// <summary>From now on only a job that names the stored images keeps them.</summary>
    /// <returns>What was stored.</returns>
    public IReadOnlyCollection<BlobId> Release()
    {
        _pins.ForEach(pin => pin.Dispose());
        return [.. _pins.Select(pin => pin.Blob.Id)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in _images.Values)
        {
            await image.Writer.DisposeAsync();
        }

        if (_graph is var (_, writer))
        {
            await writer.DisposeAsync();
        }
    }
}

/// <summary>One image of an upload, whole and within the limits, in a file that is not yet complete.</summary>
internal sealed record UploadedImage(InputValue.Image Value, IBlobWriter Writer);
