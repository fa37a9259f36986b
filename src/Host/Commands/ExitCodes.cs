namespace AkkaComfy.Host.Commands;

/// <summary>What the process says when it ends; docs/cli.md has the same list for users.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A job that failed or was cancelled, or a request that the service refused.</summary>
    public const int Failure = 1;

    /// <summary>Arguments that are not understood, or name what is not there.</summary>
    public const int Usage = 2;

    /// <summary>The service cannot be reached, or the port to serve at is taken.</summary>
    public const int Unavailable = 69;

    /// <summary>A setting or a workflow that cannot be used.</summary>
    public const int Configuration = 78;

    /// <summary>Ended from the keyboard.</summary>
    public const int Interrupted = 130;

    /// <summary>Nobody reads standard output any more; what a shell says of a program that a broken pipe ended.</summary>
    public const int Unread = 141;
}
