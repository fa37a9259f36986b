using AkkaComfy.Host.Http;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.Host.Tests.Http;

public class PreferencesTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("?async=true", true)]
    [InlineData("?async=1", true)]
    [InlineData("?async=false", false)]
    [InlineData("?mode=async", true)]
    [InlineData("?mode=ASYNC", true)]
    [InlineData("?mode=sync", false)]
    public void The_query_says_whether_to_wait(string query, bool isAsync)
    {
        Assert.False(Preferences.Of(Request(query)).Failed(out _, out var preferences));
        Assert.Equal(isAsync, preferences.Async);
    }

    [Theory]
    [InlineData("", null, false)]
    [InlineData("", "*/*", false)]
    [InlineData("", "image/png", true)]
    [InlineData("", "image/*, */*;q=0.1", true)]
    [InlineData("", "application/json, image/png;q=0.5", false)]
    [InlineData("", "image/png;q=0.5, application/json;q=0.4", true)]
    [InlineData("", "no media type at all", false)]
    [InlineData("?format=json", "image/png", false)]
    [InlineData("?format=binary", "application/json", true)]
    public void The_image_itself_is_sent_when_it_is_preferred(string query, string? accept, bool isBinary)
    {
        Assert.False(Preferences.Of(Request(query, accept)).Failed(out _, out var preferences));
        Assert.Equal(isBinary, preferences.Binary);
    }

    [Theory]
    [InlineData("?async=perhaps", "async", "true or false")]
    [InlineData("?mode=later", "mode", "async or sync")]
    [InlineData("?format=bmp", "format", "binary or json")]
    [InlineData("?async=true&async=false", "async", "true or false")]
    public void A_bad_query_is_told_with_the_choices(string query, string field, string expected)
    {
        Assert.True(Preferences.Of(Request(query)).Failed(out var problem, out _));
        Assert.Equal((400, "invalid_query"), (problem.Status, problem.Code));
        Assert.Contains(expected, problem.Errors![field][0], StringComparison.Ordinal);
    }

    private static HttpRequest Request(string query, string? accept = null)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        if (accept is not null)
        {
            request.Headers.Accept = accept;
        }

        return request;
    }
}
