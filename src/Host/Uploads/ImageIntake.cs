using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Uploads.Images;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Uploads;

/// <summary>Takes the bytes of one image on their way into the blob store, and checks them as they pass.</summary>
/// <remarks>Abandons the file when it is disposed before an upload took it over.</remarks>
internal sealed class ImageIntake(IBlobStore blobs, UploadLimits limits) : IAsyncDisposable
{
    private readonly ImageProbe _probe = new();
    private IBlobWriter? _writer;
    private long _size;

    /// <summary>Why this image cannot be used, whatever else may come; null so far.</summary>
    public string? Problem => _probe switch
    {
        { Problem: { } problem } => problem,
        { Facts: { } facts } when facts.Width > limits.MaxSide || facts.Height > limits.MaxSide =>
            $"is {facts.Width}×{facts.Height} pixels; a side may have 1 to {limits.MaxSide} (MAX_IMAGE_SIDE)",
        { Facts: { } facts } when (long)facts.Width * facts.Height > limits.MaxPixels =>
            $"is {facts.Width}×{facts.Height} pixels; at most {limits.MaxMegapixels} megapixels are allowed " +
            "(MAX_IMAGE_MEGAPIXELS)",
        _ => null,
    };

    /// <summary>What comes after a problem is let pass: only a request read to its end hears the answer.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _size += bytes.Length;
        _probe.Feed(bytes.Span);
        if (Problem is null)
        {
            _writer ??= blobs.Create();
            await _writer.Stream.WriteAsync(bytes, cancellationToken);
        }
    }

    /// <summary>All bytes have passed: the upload has one more image, or one more problem.</summary>
    public void Finish(Upload upload, string field)
    {
        if ((Problem ?? _probe.Finish()) is { } problem)
        {
            upload.Refuse(field, $"'{field}' {problem}");
            return;
        }

        var facts = _probe.Facts!;
        var blob = new BlobRef(default, _size, facts.MediaType);
        upload.Add(field, new UploadedImage(new InputValue.Image(blob, facts.Width, facts.Height), _writer!));
        _writer = null;
    }

    public ValueTask DisposeAsync() => _writer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
