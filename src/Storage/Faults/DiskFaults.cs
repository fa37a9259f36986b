namespace AkkaComfy.Storage;

/// <summary>Tells what a failure to write a file means for the store.</summary>
internal static class DiskFaults
{
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;
    private const int QuotaExceededOnMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <returns>Null when the failure is none of the disk's.</returns>
    public static StoreFault? Of(Exception failure) => failure switch
    {
        // On Unix an error that has no exception of its own is told by its number.
        IOException { HResult: NoSpace or WindowsDiskFull or WindowsHandleDiskFull } => StoreFault.Full,
        IOException { HResult: QuotaExceeded } when OperatingSystem.IsLinux() => StoreFault.Full,
        IOException { HResult: QuotaExceededOnMac } when OperatingSystem.IsMacOS() => StoreFault.Full,
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => StoreFault.ReadOnly,
        IOException => StoreFault.InputOutput,
        _ => null,
    };

    public static StoreUnavailableException Unavailable(StoreFault fault, Exception failure) =>
        new(fault, $"A file cannot be stored: {failure.Message}", failure);
}
