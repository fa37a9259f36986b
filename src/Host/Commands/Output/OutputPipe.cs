using Microsoft.Win32.SafeHandles;

namespace AkkaComfy.Host.Commands.Output;

/// <summary>Standard output where it is a pipe. The console's own stream says nothing when the pipe has broken.</summary>
internal sealed class OutputPipe : Stream
{
    private readonly FileStream _pipe;

    private OutputPipe(FileStream pipe) => _pipe = pipe;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <returns>Null for a handle that is no pipe: others may write to the same file.</returns>
    public static OutputPipe? On(SafeFileHandle handle)
    {
        var pipe = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek || OperatingSystem.IsWindows() ? null : new OutputPipe(pipe);
    }

    /// <exception cref="UnreadException">Nobody reads the other end, or there never was one.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _pipe.Write(buffer);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new UnreadException(broken);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pipe.Dispose();
        }

        base.Dispose(disposing);
    }
}
