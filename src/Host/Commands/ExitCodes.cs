namespace AkkaComfy.Host.Commands;

/// <summary>What the process says when it ends, by the conventions of sysexits.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    public const int Failure = 1;

    /// <summary>An argument that is not understood.</summary>
    public const int Usage = 64;

    /// <summary>An image that cannot be opened.</summary>
    public const int NoInput = 66;

    /// <summary>The port is taken.</summary>
    public const int Unavailable = 69;

    /// <summary>A setting or a workflow that cannot be used.</summary>
    public const int Configuration = 78;

    /// <summary>Ended from the keyboard.</summary>
    public const int Interrupted = 130;
}
