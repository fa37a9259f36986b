using Microsoft.Playwright;

namespace AkkaComfy.EndToEnd.Pages;

/// <summary>A real browser on one page, which notes what it complains of and what it asks for.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (_playwright, _browser, Page) = (playwright, browser, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Asked.Add(new Uri(request.Url));
    }

    /// <summary>Where Debian puts it; null: there is none.</summary>
    public static string? Installed { get; } = new[] { "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<Uri> Asked { get; } = [];

    public static async Task<Browser> OpenAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Installed,
            // Its sandbox needs rights that a container seldom has; it only sees pages of ours.
            Args = ["--no-sandbox"],
        });
        return new Browser(playwright, browser, await browser.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
