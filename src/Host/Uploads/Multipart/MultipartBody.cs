using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AkkaComfy.Host.Uploads.Multipart;

/// <summary>The parts of a multipart request, one after the other; every way of being malformed is a 400.</summary>
internal sealed class MultipartBody
{
    /// <summary>What boundaries and part headers may add to a request whose parts are at their limit.</summary>
    public const int Overhead = 1_048_576;

    private const int LongestBoundary = 70;
    private const int MostParts = 100;

    private readonly MultipartReader _reader;
    private readonly UploadMeter _meter;
    private int _parts;

    private MultipartBody(MultipartReader reader, UploadMeter meter)
    {
        _reader = reader;
        _meter = meter;
    }

    /// <exception cref="UploadRefusedException">Without a boundary, or larger than the limit by its own account.</exception>
    public static MultipartBody Of(HttpRequest request, UploadLimits limits, UploadMeter meter)
    {
        if (request.ContentLength > limits.MaxBytes + Overhead)
        {
            throw UploadMeter.TooLarge(limits);
        }

        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary);
        return boundary.Length is 0 or > LongestBoundary
            ? throw Malformed($"its boundary must have 1 to {LongestBoundary} characters")
            : new MultipartBody(new MultipartReader(boundary.ToString(), request.Body), meter);
    }

    /// <returns>Null after the last part.</returns>
    public async Task<Part?> NextAsync(CancellationToken cancellationToken)
    {
        var section = await GuardAsync(_reader.ReadNextSectionAsync(cancellationToken), cancellationToken);
        if (section is null)
        {
            return null;
        }

        if (++_parts > MostParts)
        {
            throw Malformed($"it has more than {MostParts} parts");
        }

        var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
            : "";
        return name.Length == 0 ? throw Malformed("a part has no name") : new Part(this, name, section.Body);
    }

    private async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await GuardAsync(body.ReadAsync(buffer, cancellationToken).AsTask(), cancellationToken);
        _meter.Count(read);
        return read;
    }

    private static async Task<T> GuardAsync<T>(Task<T> reading, CancellationToken cancellationToken)
    {
        try
        {
            return await reading;
        }
        catch (InvalidDataException invalid)
        {
            throw Malformed(invalid.Message.TrimEnd('.'));
        }
        catch (IOException cut) when (cut is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw Malformed("it ends before its last boundary");
        }
    }

    private static UploadRefusedException Malformed(string what) => new(new Problem(
        StatusCodes.Status400BadRequest, "malformed_multipart", $"The multipart body cannot be read: {what}."));

    /// <summary>One named part, to be read before the next one is asked for.</summary>
    public sealed class Part(MultipartBody owner, string name, Stream body)
    {
        public string Name { get; } = name;

        /// <returns>0 at the part's end.</returns>
        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            owner.ReadAsync(body, buffer, cancellationToken);
    }
}
