using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Tests.Settings;

public sealed class LinkRulesTests
{
    [Theory]
    [InlineData("", "example.com", false)]
    [InlineData("false", "example.com", false)]
    [InlineData("true", "example.com", true)]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", "EXAMPLE.com", true)]
    [InlineData("example.com", "a.example.com", false)]
    [InlineData("example.com", "badexample.com", false)]
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "b.a.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    [InlineData("*.example.com", "badexample.com", false)]
    [InlineData("a.org, *.example.com", "a.org", true)]
    public void Hosts_are_allowed_as_the_setting_says(string setting, string host, bool allowed) =>
        Assert.Equal(allowed, Read(setting).Allow(host));

    [Theory]
    [InlineData("a.org,,b.org")]
    [InlineData("true,example.com")]
    [InlineData("example.com, Yes")]
    [InlineData("http://a.org")]
    [InlineData("*")]
    [InlineData("a.*.org")]
    [InlineData("a.org/path")]
    public void What_is_no_host_is_refused(string setting)
    {
        var refused = Assert.Throws<InvalidSettingsException>(() => Read(setting));

        Assert.Contains("names of hosts", Assert.Single(refused.Errors).Expected, StringComparison.Ordinal);
    }

    private static LinkRules Read(string setting) =>
        ServiceSettings.From(new Dictionary<string, string> { ["ALLOW_IMAGE_URLS"] = setting }).Links;
}
