namespace AkkaComfy.ComfyUI.Tests;

/// <summary>Yields byte i as (byte)(i * 7), in uneven pieces, without holding anything.</summary>
internal sealed class PatternStream(long length) : MemoryStream
{
    private static readonly byte[] Pattern = [.. Enumerable.Range(0, 256 + 10_007).Select(i => (byte)(i * 7))];

    private long _at;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(Math.Min(buffer.Length, 10_007), length - _at);
        Pattern.AsSpan((int)(_at % 256), count).CopyTo(buffer.Span);
        _at += count;
        return ValueTask.FromResult(count);
    }
}
