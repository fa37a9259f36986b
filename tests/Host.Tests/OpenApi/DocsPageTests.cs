using System.Net;
using System.Text.RegularExpressions;
using AkkaComfy.Host.Tests.Service;

namespace AkkaComfy.Host.Tests.OpenApi;

public sealed class DocsPageTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private HttpClient Http => fixture.Service.Http;

    [Fact]
    public async Task The_page_and_all_it_refers_to_comes_from_the_service_itself()
    {
        var page = new Uri(Http.BaseAddress!, "/docs/index.html");
        var html = await Http.GetStringAsync(page);

        var referred = Regex.Matches(
            html, """(?:src|href)\s*=\s*["'](?<link>[^"']+)["']""", RegexOptions.ExplicitCapture, Patience)
            .Select(match => match.Groups["link"].Value).ToList();
        Assert.Contains(referred, link => link.EndsWith(".css", StringComparison.Ordinal));
        Assert.Contains(referred, link => link.EndsWith(".js", StringComparison.Ordinal));
        foreach (var address in referred.Select(link => new Uri(page, link)))
        {
            Assert.Equal(page.Authority, address.Authority);
            using var answer = await Http.GetAsync(address);
            Assert.Equal((address, HttpStatusCode.OK), (address, answer.StatusCode));
            var content = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotMatch("""url\(\s*["']?(https?:)?//|@import""", address.AbsolutePath.EndsWith(".css", StringComparison.Ordinal) ? content : "");
        }
    }

    [Fact]
    public async Task The_page_shows_our_document_and_asks_nobody_to_validate_it()
    {
        var script = await Http.GetStringAsync("/docs/index.js");
        var page = await Http.GetStringAsync("/docs/index.html");

        var config = Regex.Match(script + page, """\{[^{}]*"urls":\[[^\]]*\][^{}]*""", RegexOptions.None, Patience).Value;
        Assert.Contains("\"url\":\"../openapi/v1.json\"", config, StringComparison.Ordinal);
        Assert.DoesNotContain("https://validator", script + page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_short_address_leads_there()
    {
        using var answer = await Http.GetAsync("/docs");

        Assert.Equal("/docs/index.html", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }
}
