using System.Runtime.InteropServices;

namespace AkkaComfy.Host.Commands;

/// <summary>Somebody wants the command to end: by Ctrl-C, or by SIGTERM. The second time it does at once.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>What there is to tidy up may take so long.</summary>
    private static readonly TimeSpan TidyUpLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _over = new(Timeout.InfiniteTimeSpan, TimeProvider.System);
    private readonly IDisposable[] _signals;

    public Interruption()
    {
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Heed),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Heed),
        ];
    }

    /// <param name="other">Interrupts as a signal would; signals themselves are left to others.</param>
    public Interruption(CancellationToken other) => _signals = [other.Register(Ask)];

    public CancellationToken Asked => _asked.Token;

    /// <summary>Cancelled a while later, when there is no more time even to tidy up.</summary>
    public CancellationToken Over => _over.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _asked.Dispose();
        _over.Dispose();
    }

    private void Heed(PosixSignalContext signal)
    {
        signal.Cancel = !_asked.IsCancellationRequested;
        Ask();
    }

    private void Ask()
    {
        _over.CancelAfter(TidyUpLimit);
        _asked.Cancel();
    }
}
