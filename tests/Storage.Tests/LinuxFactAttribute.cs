namespace AkkaComfy.Storage.Tests;

/// <summary>A fact that needs a device of Linux.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Only Linux has a device that is always full.";
        }
    }
}
