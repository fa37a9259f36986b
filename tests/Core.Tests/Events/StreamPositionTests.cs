using AkkaComfy.Core.Events;

namespace AkkaComfy.Core.Tests.Events;

public sealed class StreamPositionTests
{
    [Fact]
    public void A_position_reads_back_what_it_writes()
    {
        var position = new StreamPosition("0a1b2c3d", 1234567890123);

        Assert.True(StreamPosition.TryParse(position.ToString(), out var read));
        Assert.Equal(position, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("0a1b2c3d-")]
    [InlineData("0a1b2c3d-x")]
    [InlineData("0a1b2c3d--1")]
    [InlineData("0A1B2C3D-1")]
    [InlineData("0a1b2c3-1")]
    [InlineData("0a1b2c3d-9999999999999999999")]
    [InlineData("0a1b2c3d-1\n")]
    public void Anything_else_is_no_position(string text) => Assert.False(StreamPosition.TryParse(text, out _));
}
