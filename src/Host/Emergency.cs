using AkkaComfy.Actors;
using AkkaComfy.Host.Commands;

namespace AkkaComfy.Host;

/// <summary>
/// Ends a service that can do nothing more, with an exit code that says so: whoever looks after the process starts
/// another, and that one recovers from the store.
/// </summary>
internal sealed partial class Emergency(IHostApplicationLifetime host, ILogger<Emergency> logger) : IVitalLoss
{
    private volatile int _exitCode = ExitCodes.Success;

    public int ExitCode => _exitCode;

    public bool IsDeclared => _exitCode != ExitCodes.Success;

    public void Lost(string what)
    {
        // Who stops the service stops all of it.
        if (host.ApplicationStopping.IsCancellationRequested)
        {
            return;
        }

        _exitCode = ExitCodes.Failure;
        LogLost(what);
        host.StopApplication();
    }

    [LoggerMessage(LogLevel.Critical, "{What} has stopped, and nothing goes on without it: the service ends")]
    private partial void LogLost(string what);
}
