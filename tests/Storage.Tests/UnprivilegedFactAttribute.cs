namespace AkkaComfy.Storage.Tests;

/// <summary>A fact about permissions, which hold for everybody but the superuser.</summary>
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Skip = "The superuser may write everything.";
        }
    }
}
