namespace AkkaComfy.ComfyUI.Tests;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("localhost:8188", false, "http://localhost:8188/", "localhost:8188")]
    [InlineData(" gpu-1 ", false, "http://gpu-1:8188/", "gpu-1:8188")]
    [InlineData("gpu-1", true, "https://gpu-1:8188/", "gpu-1:8188")]
    [InlineData("GPU.example.org:443", true, "https://gpu.example.org/", "gpu.example.org:443")]
    [InlineData("http://gpu", false, "http://gpu/", "gpu:80")]
    [InlineData("http://gpu:8188", true, "http://gpu:8188/", "gpu:8188")]
    [InlineData("https://host/comfy/one/", false, "https://host/comfy/one/", "host:443~comfy~one")]
    [InlineData("host:9000/comfy", false, "http://host:9000/comfy/", "host:9000~comfy")]
    [InlineData("https://me:s%40cret@host:8443/comfy", false, "https://host:8443/comfy/", "host:8443~comfy")]
    [InlineData("me:secret@host", false, "http://host:8188/", "host:8188")]
    [InlineData("[::1]:8188", false, "http://[::1]:8188/", "::1:8188")]
    [InlineData("https://host/a b", false, "https://host/a%20b/", "host:443~a-20b")]
    public void An_address_is_a_host_and_port_or_a_url(string text, bool useSsl, string url, string id)
    {
        var endpoint = ComfyEndpoint.Parse(text, useSsl);

        Assert.Equal(url, endpoint.ToString());
        Assert.Equal(id, endpoint.Id);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("ftp://host", "ftp")]
    [InlineData("http://host?x=1", "query")]
    [InlineData("http://", "no address")]
    [InlineData("host:99999", "no address")]
    [InlineData("host:0", "port 0")]
    [InlineData("a b:8188", "no address")]
    public void A_bad_address_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(ComfyEndpoint.TryParse(text, false, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => ComfyEndpoint.Parse(text));
    }

    [Theory]
    [InlineData("https://me:s3cret@host:8443/comfy")]
    [InlineData("me:s3cret@host")]
    public void Credentials_are_sent_and_never_shown(string text)
    {
        var endpoint = ComfyEndpoint.Parse(text);

        Assert.Equal("Basic bWU6czNjcmV0", endpoint.Authorization!.ToString());
        Assert.DoesNotContain(
            "s3cret", $"{endpoint} {endpoint.Id} {endpoint.Host} {endpoint.HttpUri("x")} {endpoint.WebSocketUri("y")}");
    }

    [Fact]
    public void A_refused_address_hides_its_credentials_too()
    {
        Assert.False(ComfyEndpoint.TryParse("ftp://me:s3cret@host", false, out _, out var error));

        Assert.DoesNotContain("s3cret", error);
        Assert.Contains("host", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Routes_lie_below_the_base_path()
    {
        var endpoint = ComfyEndpoint.Parse("https://host/comfy");

        Assert.Equal("https://host/comfy/history/a%2Fb", endpoint.HttpUri("history/a%2Fb").AbsoluteUri);
        Assert.Equal("https://host/comfy/view?filename=x", endpoint.HttpUri("view", "filename=x").AbsoluteUri);
        Assert.Equal("wss://host/comfy/ws?clientId=a%20b%26c", endpoint.WebSocketUri("a b&c").AbsoluteUri);
    }

    [Fact]
    public void Equal_addresses_are_equal()
    {
        Assert.Equal(ComfyEndpoint.Parse("HOST:8188"), ComfyEndpoint.Parse("http://host:8188/"));
        Assert.NotEqual(ComfyEndpoint.Parse("host:8188"), ComfyEndpoint.Parse("me:x@host:8188"));
    }
}
