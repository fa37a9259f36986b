namespace AkkaComfy.FaultMatrix.Running;

/// <summary>What this process holds of the operating system.</summary>
/// <param name="Files">Files of ours: those under the directory for temporary files.</param>
/// <param name="Threads">The thread pool sizes itself: a few more are no leak.</param>
internal sealed record Holdings(int Sockets, int Files, int Threads)
{
    private const int ThreadsOfThePool = 8;

    public static Holdings Now()
    {
        var targets = Directory.GetFiles("/proc/self/fd").Select(TargetOf).OfType<string>().ToArray();
        return new Holdings(
            targets.Count(target => target.StartsWith("socket:", StringComparison.Ordinal)),
            targets.Count(target => target.StartsWith(Path.GetTempPath(), StringComparison.Ordinal)),
            Directory.GetDirectories("/proc/self/task").Length);
    }

    public bool AtMost(Holdings other) =>
        Sockets <= other.Sockets && Files <= other.Files && Threads <= other.Threads + ThreadsOfThePool;

    /// <returns>Null for a descriptor that was closed since it was listed.</returns>
    private static string? TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.ToString();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
