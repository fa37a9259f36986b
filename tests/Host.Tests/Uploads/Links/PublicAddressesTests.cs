using System.Net;
using AkkaComfy.Host.Uploads.Links;
using AkkaComfy.Core.Tests;
using FsCheck.Fluent;

namespace AkkaComfy.Host.Tests.Uploads.Links;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2a00:1450:4001::1")]
    public void What_anybody_can_reach_is_public(string address) =>
        Assert.True(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.0")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.255")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.0")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.0")]
    [InlineData("192.168.255.255")]
    [InlineData("198.18.0.0")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("2001:20::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:808:808::1")]
    [InlineData("3fff::1")]
    [InlineData("4000::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff:ffff::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Everything_else_is_not(string address) =>
        Assert.False(PublicAddresses.Contain(IPAddress.Parse(address)));

    /// <summary>Each network of the registry: all of its addresses, its first and last among them, and what borders on it.</summary>
    [Theory]
    [InlineData("0.0.0.0/8")]
    [InlineData("10.0.0.0/8")]
    [InlineData("100.64.0.0/10")]
    [InlineData("127.0.0.0/8")]
    [InlineData("169.254.0.0/16")]
    [InlineData("172.16.0.0/12")]
    [InlineData("192.168.0.0/16")]
    [InlineData("198.18.0.0/15")]
    [InlineData("224.0.0.0/4")]
    [InlineData("240.0.0.0/4")]
    public void No_address_of_a_private_network_is_public_nor_when_IPv6_holds_it(string network)
    {
        var (first, size) = Range(network);
        var all = Gen.Choose(0, int.MaxValue).Select(n => (uint)(first + (n % size)));

        Properties.Hold(Gen.OneOf(all, Gen.Constant(first), Gen.Constant((uint)(first + size - 1))), number =>
        {
            var inside = Of(number);
            Assert.False(PublicAddresses.Contain(inside));
            Assert.All(Holding(inside), holding => Assert.False(PublicAddresses.Contain(holding), $"{holding}"));
        });
    }

    /// <summary>Every network of 16 bits, in all its parts that any rule tells apart, against the rules in other words.</summary>
    [Fact]
    public void All_of_IPv4_is_told_apart_as_the_registry_has_it()
    {
        byte[] toldApart = [0, 1, 2, 3, 48, 52, 88, 99, 100, 113, 175, 193, 196, 255];
        byte[] others = [0, 255];
        var wrong = from a in Enumerable.Range(0, 256)
                    from b in Enumerable.Range(0, 256)
                    from c in a is 192 or 198 or 203 ? toldApart : others
                    where PublicAddresses.Contain(new IPAddress([(byte)a, (byte)b, c, 7])) == IsSpecial(a, b, c)
                    select $"{a}.{b}.{c}.7";

        Assert.Empty(wrong);
    }

    private static bool IsSpecial(int a, int b, int c) => (a, b, c) switch
    {
        (0 or 10 or 127 or >= 224, _, _) => true,
        (100, >= 64 and < 128, _) or (169, 254, _) or (172, >= 16 and < 32, _) => true,
        (192, 168, _) or (192, 0, 0 or 2) or (192, 31, 196) or (192, 52, 193) or (192, 88, 99) or (192, 175, 48) => true,
        (198, 18 or 19, _) or (198, 51, 100) or (203, 0, 113) => true,
        _ => false,
    };

    [Fact]
    public void No_IPv6_address_outside_of_global_unicast_is_public() => Properties.Hold(
        Gen.ArrayOf(Gen.Choose(0, 255), 16), numbers =>
        {
            byte[] bytes = [.. numbers.Select(number => (byte)number)];
            bytes[0] = (byte)(bytes[0] % 32 is var low && bytes[0] >> 5 == 1 ? low : bytes[0]);

            Assert.False(PublicAddresses.Contain(new IPAddress(bytes)));
        });

    [Fact]
    public void Every_IPv4_address_that_the_platform_itself_calls_special_is_not_public() => Properties.Hold(
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => Of((uint)number)), address =>
        {
            var isPublic = PublicAddresses.Contain(address);
            Assert.False(isPublic && (IPAddress.IsLoopback(address) || address.GetAddressBytes()[0] is 0 or 10 or >= 224));
            Assert.False(PublicAddresses.Contain(address.MapToIPv6()));
        }, count: 2000);

    private static IEnumerable<IPAddress> Holding(IPAddress address)
    {
        var four = address.GetAddressBytes();
        yield return address.MapToIPv6();
        yield return new IPAddress([.. new byte[12], .. four]);
        yield return new IPAddress([0x20, 0x02, .. four, .. new byte[10]]);
        yield return new IPAddress([0, 0x64, 0xFF, 0x9B, .. new byte[8], .. four]);
        yield return new IPAddress([0x20, 0x01, 0, 0, .. four, .. new byte[8]]);
    }

    private static (uint First, long Size) Range(string network)
    {
        var parsed = IPNetwork.Parse(network);
        var first = parsed.BaseAddress.GetAddressBytes().Aggregate(0u, (number, part) => (number << 8) | part);
        return (first, 1L << (32 - parsed.PrefixLength));
    }

    private static IPAddress Of(uint number) =>
        new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
