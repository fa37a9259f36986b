namespace AkkaComfy.EndToEnd;

/// <summary>A fact that only Linux tells of its processes.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Only Linux tells what memory a process has used at most.";
        }
    }
}
