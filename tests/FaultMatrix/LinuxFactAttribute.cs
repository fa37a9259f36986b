namespace AkkaComfy.FaultMatrix;

/// <summary>A test of what only Linux shows of a process.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "what a process holds is read from /proc, which only Linux has";
        }
    }
}
