namespace AkkaComfy.ComfyUI.Tests;

/// <summary>Yields byte i as (byte)(i * 7), in uneven pieces, without holding anything.</summary>
internal sealed class PatternStream(long length) : MemoryStream
{
    private long _at;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(Math.Min(buffer.Length, 10_007), length - _at);
        for (var i = 0; i < count; i++)
            buffer.Span[i] = (byte)((_at + i) * 7);
        _at += count;
        return ValueTask.FromResult(count);
    }
}
