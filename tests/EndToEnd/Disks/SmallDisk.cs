using System.Diagnostics;

namespace AkkaComfy.EndToEnd.Disks;

/// <summary>A file system of a few megabytes, in memory: it can really be full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> WhyImpossible = new(TryOnce);

    private readonly DirectoryInfo _mountPoint = Directory.CreateTempSubdirectory("akkacomfy-disk-");

    /// <param name="options">As <c>mount</c> takes them.</param>
    public SmallDisk(string options)
    {
        if (Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", Path) is { } failure)
        {
            _mountPoint.Delete();
            throw new IOException(failure);
        }
    }

    /// <summary>Why there are no such disks here; null if there are.</summary>
    public static string? Impossible => WhyImpossible.Value;

    public string Path => _mountPoint.FullName;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[65536, 4096, 1])
        {
            try
            {
                while (true)
                {
                    filler.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full, as far as writes of this size go.
            }
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void Dispose()
    {
        Assert.Null(Run("umount", Path));
        _mountPoint.Delete();
    }

    private static string? TryOnce()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "Only the superuser of a Linux may mount a small disk.";
        }

        try
        {
            new SmallDisk("size=1m").Dispose();
            return null;
        }
        catch (IOException refused)
        {
            return $"No small disk can be mounted here: {refused.Message}";
        }
    }

    /// <returns>What it complained of; null if it succeeded.</returns>
    private static string? Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardError = true,
        })!;
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{program} failed: {complaint}";
    }
}
