using System.Net;
using AkkaComfy.Host.Http;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.Host.Tests.Http;

public sealed class LoopbackOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:3000", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1:3000", true)]
    [InlineData("::1", "[::1]:3000", true)]
    [InlineData("192.168.1.7", "localhost:3000", false)]
    [InlineData("192.168.1.7", "192.168.1.7", false)]
    [InlineData("127.0.0.1", "rebound.example", false)]
    [InlineData(null, "localhost", false)]
    public void Only_this_machine_under_its_local_name_is_let_in(string? peer, string host, bool isLocal) =>
        Assert.Equal(isLocal, LoopbackOnly.IsLocal(Request(peer, host)));

    [Theory]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("x-real-ip")]
    [InlineData("Via")]
    public void What_a_proxy_forwards_is_not_from_this_machine(string header)
    {
        var request = Request("127.0.0.1", "localhost");
        request.Request.Headers[header] = "10.0.0.1";

        Assert.False(LoopbackOnly.IsLocal(request));
    }

    private static DefaultHttpContext Request(string? peer, string host) => new()
    {
        Connection = { RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer) },
        Request = { Host = new HostString(host) },
    };
}
