using System.IO.Pipelines;

namespace AkkaComfy.Emulator.Connections;

/// <summary>A connection on which nothing is read or written while the process is frozen.</summary>
internal sealed class StallingPipe(IDuplexPipe inner, StallGate gate) : IDuplexPipe
{
    public PipeReader Input { get; } = new Reader(inner.Input, gate);

    public PipeWriter Output { get; } = new Writer(inner.Output, gate);

    private sealed class Reader(PipeReader inner, StallGate gate) : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) =>
            inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override bool TryRead(out ReadResult result)
        {
            if (gate.IsClosed)
            {
                result = default;
                return false;
            }

            return inner.TryRead(out result);
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var reading = inner.ReadAsync(cancellationToken);
            return reading.IsCompleted && !gate.IsClosed ? reading : StallAsync(reading);
        }

        private async ValueTask<ReadResult> StallAsync(ValueTask<ReadResult> reading)
        {
            var result = await reading;
            await gate.PassAsync();
            return result;
        }
    }

    private sealed class Writer(PipeWriter inner, StallGate gate) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            gate.IsClosed ? StallAsync(cancellationToken) : inner.FlushAsync(cancellationToken);

        private async ValueTask<FlushResult> StallAsync(CancellationToken cancellationToken)
        {
            await gate.PassAsync();
            return await inner.FlushAsync(cancellationToken);
        }
    }
}
