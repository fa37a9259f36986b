using System.Runtime.InteropServices;

namespace AkkaComfy.Storage;

/// <summary>Makes a rename outlast a power cut: on Unix the directory must be flushed too.</summary>
internal static class DurableFiles
{
    private const int ReadOnly = 0;
    private const int Interrupted = 4;

    /// <summary>Flushes a directory's entries to the disk; does nothing on Windows, which journals them.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var directory = Retrying(() => Open(path, ReadOnly), path);
        try
        {
            Retrying(() => FSync(directory), path);
        }
        finally
        {
            _ = Close(directory);
        }
    }

    private static int Retrying(Func<int> call, string path)
    {
        while (true)
        {
            var result = call();
            if (result >= 0)
            {
                return result;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new IOException($"Cannot flush the directory '{path}': {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
