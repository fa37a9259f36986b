using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Uploads;

/// <summary>Counts what one request brings, images as the bytes they are, against its limit.</summary>
internal sealed class UploadMeter(UploadLimits limits)
{
    private long _length;

    /// <exception cref="UploadRefusedException">It is more than one request may bring.</exception>
    public void Count(int bytes)
    {
        _length += bytes;
        if (_length > limits.MaxBytes)
        {
            throw TooLarge(limits);
        }
    }

    public static UploadRefusedException TooLarge(UploadLimits limits) => new(new Problem(
        StatusCodes.Status413PayloadTooLarge, "payload_too_large",
        $"The upload is larger than {limits.MaxMegabytes} MB (MAX_UPLOAD_MB)."));
}
