using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>The live page, as a browser loads it.</summary>
public sealed partial class PageTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Service.Http;

    [Fact]
    public async Task The_page_and_all_that_it_loads_is_served_from_here()
    {
        var toLoad = new Queue<string>(["/"]);
        var loaded = new HashSet<string>();
        while (toLoad.TryDequeue(out var path))
        {
            if (!loaded.Add(path))
            {
                continue;
            }

            using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            var text = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotMatch(Elsewhere, text);
            foreach (Match reference in References.Matches(text))
            {
                toLoad.Enqueue(reference.Groups["path"].Value);
            }
        }

        Assert.Superset(new HashSet<string> { "/", "/page/page.css", "/page/page.js", "/page/stream.js" }, loaded);
    }

    [Fact]
    public async Task The_page_may_load_and_run_nothing_but_its_own_files()
    {
        using var answer = await _client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'self';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task A_browser_that_has_the_page_is_not_sent_it_again()
    {
        using var first = await _client.GetAsync(new Uri("/page/page.js", UriKind.Relative));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/page/page.js");
        again.Headers.IfNoneMatch.Add(Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag));

        using var second = await _client.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.OK)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task A_page_of_another_site_changes_nothing(string? site, HttpStatusCode expected)
    {
        using var cleanup = new HttpRequestMessage(HttpMethod.Post, "/api/jobs/cleanup");
        cleanup.Headers.Add("Sec-Fetch-Site", site is null ? [] : [site]);

        using var answer = await _client.SendAsync(cleanup);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_site_may_link_here()
    {
        using var link = new HttpRequestMessage(HttpMethod.Get, "/");
        link.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await _client.SendAsync(link);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>What a page, a style or a script names by a path that is fixed.</summary>
    [GeneratedRegex("""(?:href|src|from)\s*=?\s*["'](?<path>/[^"'$]*)["']""", RegexOptions.NonBacktracking)]
    private static partial Regex References { get; }

    [GeneratedRegex("""(?:https?:)?//[a-z0-9]+[.:]|@import|url\(""", RegexOptions.NonBacktracking)]
    private static partial Regex Elsewhere { get; }
}
