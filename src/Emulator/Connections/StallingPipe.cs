using System.IO.Pipelines;

namespace AkkaComfy.Emulator.Connections;

/// <summary>A connection on which nothing is read or written while the process is frozen.</summary>
internal sealed class StallingPipe(IDuplexPipe inner, StallGate gate) : IDuplexPipe
{
    public PipeReader Input { get; } = new Reader(inner.Input, gate);

    public PipeWriter Output { get; } = new Writer(inner.Output, gate);

    private sealed class Reader(PipeReader inner, StallGate gate) : PipeReader
    {
        private long _shown;

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

            var read = inner.TryRead(out result);
            result = read ? DataBeforeEnd(result) : result;
            return read;
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var reading = inner.ReadAsync(cancellationToken);
            return StallAsync(reading);
        }

        private async ValueTask<ReadResult> StallAsync(ValueTask<ReadResult> reading)
        {
            var result = await reading;
            await gate.PassAsync();
            return DataBeforeEnd(result);
        }

        /// <summary>
        /// What a client sent before it left is a request like any other: the web server would not read it in full if
        /// it learned of the end at the same time.
        /// </summary>
        private ReadResult DataBeforeEnd(ReadResult result)
        {
            var length = result.Buffer.Length;
            if (!result.IsCompleted || length == 0 || length == _shown)
            {
                return result;
            }

            _shown = length;
            return new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false);
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
