using AkkaComfy.EndToEnd.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaComfy.EndToEnd;

/// <summary>The live page in a real browser, while jobs run.</summary>
public sealed class PageTests
{
    private static readonly LocatorAssertionsToHaveCountOptions ManySoon = new() { Timeout = 30_000 };
    private static readonly LocatorAssertionsToHaveTextOptions Soon = new() { Timeout = 30_000 };

    [BrowserFact]
    public async Task The_page_shows_instances_and_jobs_as_they_change_and_cancels_and_drains()
    {
        await using var fleet = await Fleet.StartAsync(nodeMilliseconds: 1500);
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(fleet.Address.ToString());

        await Expect(page.Locator("#health")).ToHaveTextAsync("healthy", Soon);
        await Expect(page.Locator("#fleet article")).ToHaveCountAsync(2, ManySoon);

        var image = await File.ReadAllBytesAsync(Checkout.Sample("cat.png"));
        var stays = await fleet.AcceptAsync("remove-background", image);
        await Expect(RowOf("#running", stays)).ToHaveCountAsync(1, ManySoon);
        var goes = await fleet.AcceptAsync("upscale-image", image);
        await RowOf("#running", goes).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(RowOf("#ended", goes).Locator("td").Nth(3)).ToHaveTextAsync("cancelled", Soon);
        await Expect(RowOf("#ended", stays).Locator("td").Nth(3)).ToHaveTextAsync("completed", Soon);
        await Expect(page.Locator("#running tr")).ToHaveCountAsync(0, ManySoon);

        var first = page.Locator("#fleet article").First;
        await first.GetByRole(AriaRole.Button, new() { Name = "Drain" }).ClickAsync();
        await Expect(first.Locator(".badge")).ToHaveTextAsync("draining", Soon);
        await first.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(first.Locator(".badge")).ToHaveTextAsync("up", Soon);

        // Whoever opens the page later sees what has ended before.
        await page.ReloadAsync();
        await Expect(RowOf("#ended", stays)).ToHaveCountAsync(1, ManySoon);
        Assert.Empty(browser.Complaints);
        Assert.All(browser.Asked, asked => Assert.Contains(asked.Scheme == "data" ? "data" : asked.Authority,
            new[] { "data", fleet.Address.Authority }));

        ILocator RowOf(string table, string job) => page.Locator($"{table} tr:has(a[href*='{job}'])");
    }
}
