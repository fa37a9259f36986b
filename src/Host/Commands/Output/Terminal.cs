using Microsoft.Win32.SafeHandles;

namespace AkkaComfy.Host.Commands.Output;

/// <summary>Where a command writes, and what its environment says.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error, Func<string, string?> Variable)
{
    public static Terminal OfProcess { get; } =
        new(OutputOfProcess(), Console.Error, Environment.GetEnvironmentVariable);

    private static TextWriter OutputOfProcess()
    {
        const int StandardOutput = 1;
        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows())
        {
            return Console.Out;
        }

        return OutputPipe.On(new SafeFileHandle(StandardOutput, ownsHandle: false)) is { } pipe
            ? TextWriter.Synchronized(new StreamWriter(pipe) { AutoFlush = true })
            : Console.Out;
    }
}
