using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Uploads.Json;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Uploads;

/// <summary>What reading one request takes, whatever its format: where images go, and how much may come.</summary>
internal sealed class UploadTools(IBlobStore blobs, UploadLimits limits)
{
    /// <summary>Of one value that is no image, in bytes.</summary>
    public const int LongestText = 1_048_576;

    public UploadMeter Meter { get; } = new(limits);

    public ImageIntake NewIntake() => new(blobs, limits);

    public ImageText NewText(string field, Upload upload, ImageIntake intake) => new(field, upload, intake, Meter);

    public async Task ReadImageAsync(
        string field, JsonText text, Upload upload, CancellationToken cancellationToken)
    {
        await using var intake = NewIntake();
        var image = NewText(field, upload, intake);
        while (await text.NextAsync(cancellationToken) is { IsEmpty: false } piece)
        {
            await image.FeedAsync(piece, cancellationToken);
        }

        await image.FinishAsync(cancellationToken);
    }
}
