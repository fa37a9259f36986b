namespace AkkaComfy.Host.Logging;

/// <summary>The last words of a process that ends by an exception nobody caught: they are in the log's files too.</summary>
internal sealed partial class CrashLog : IDisposable
{
    private readonly ILogger _log;

    public CrashLog(ILogger log)
    {
        _log = log;
        AppDomain.CurrentDomain.UnhandledException += Crashed;
        TaskScheduler.UnobservedTaskException += Unobserved;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= Crashed;
        TaskScheduler.UnobservedTaskException -= Unobserved;
    }

    public void Crashed(object sender, UnhandledExceptionEventArgs crash) =>
        LogCrash(crash.ExceptionObject as Exception);

    private void Unobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved) =>
        LogUnobserved(unobserved.Exception);

    [LoggerMessage(LogLevel.Critical, "The process ends by an exception that nothing caught")]
    private partial void LogCrash(Exception? exception);

    [LoggerMessage(LogLevel.Warning, "A task failed, and nobody asked how it went")]
    private partial void LogUnobserved(Exception exception);
}
