namespace AkkaComfy.Storage.Tests;

/// <summary>A fact about permissions, which hold for everybody but the superuser.</summary>
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            Skip = "The superuser may write everything, and Windows asks differently.";
        }
    }
}
