using AkkaComfy.Host.Endpoints.Listing;

namespace AkkaComfy.Host.Tests.Endpoints;

public sealed class PageCursorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(long.MaxValue)]
    public void A_cursor_comes_back_as_it_went(long place)
    {
        Assert.True(PageCursor.TryRead(PageCursor.Write(place), out var read));
        Assert.Equal(place, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("AAAAAAAAAAAA")]
    [InlineData("AQAAAAAAAAAA")]
    [InlineData("Af__________")]
    [InlineData("AQAAAAAAAAABAQ")]
    [InlineData("AQAAAAAAAAA*")]
    [InlineData("AgAAAAAAAAAB")]
    public void Anything_else_is_no_cursor(string text) => Assert.False(PageCursor.TryRead(text, out _));
}
