namespace AkkaComfy.EndToEnd.Pages;

/// <summary>A fact about what people see, for which a browser is needed.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Installed is null
        ? "There is no chromium on this machine (Debian: apt-get install chromium)."
        : null;
}
