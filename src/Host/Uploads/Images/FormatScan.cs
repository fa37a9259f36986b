using System.Diagnostics;

namespace AkkaComfy.Host.Uploads.Images;

/// <summary>Walks one image format: alternately gathers the next few bytes and skips what does not matter.</summary>
internal abstract class FormatScan
{
    private const int LongestHeader = 32;

    private readonly byte[] _header = new byte[LongestHeader];
    private int _gathered;
    private int _wanted;
    private long _skip;

    public ImageFacts? Facts { get; private set; }

    public string? Problem { get; private set; }

    public bool IsWhole { get; private set; }

    /// <summary>Bytes behind the end of a whole image are ignored, as decoders do.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Problem is null && !IsWhole)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, bytes.Length);
                _skip -= skipped;
                bytes = bytes[skipped..];
            }
            else if (_wanted > 0)
            {
                bytes = Gather(bytes);
            }
            else
            {
                bytes = bytes[ScanData(bytes)..];
            }
        }
    }

    /// <summary>The wanted bytes are here; says what comes next.</summary>
    protected abstract void OnHeader(ReadOnlySpan<byte> header);

    /// <summary>Looks at bytes whose length no header gives.</summary>
    /// <returns>How many were used.</returns>
    protected virtual int ScanData(ReadOnlySpan<byte> bytes) =>
        throw new UnreachableException($"{GetType().Name} has no data without a length");

    /// <summary>Skips some bytes, then gathers some for <see cref="OnHeader"/>.</summary>
    protected void Next(int want, long skip = 0) => (_wanted, _skip) = (want, skip);

    protected void Fail(string problem) => Problem = problem;

    protected void Complete() => IsWhole = true;

    protected void Found(string mediaType, long width, long height)
    {
        if (width is < 1 or > int.MaxValue || height is < 1 or > int.MaxValue)
        {
            Fail($"states the impossible size {width}×{height}");
        }
        else
        {
            Facts ??= new ImageFacts(mediaType, (int)width, (int)height);
        }
    }

    private ReadOnlySpan<byte> Gather(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(_wanted - _gathered, bytes.Length);
        bytes[..taken].CopyTo(_header.AsSpan(_gathered));
        _gathered += taken;
        if (_gathered == _wanted)
        {
            var header = _header.AsSpan(0, _wanted);
            (_gathered, _wanted) = (0, 0);
            OnHeader(header);
        }

        return bytes[taken..];
    }
}
