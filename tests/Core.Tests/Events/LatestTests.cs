using AkkaComfy.Core.Events;

namespace AkkaComfy.Core.Tests.Events;

public sealed class LatestTests
{
    [Fact]
    public void However_often_it_is_replaced_it_is_sent_once_until_it_is_taken()
    {
        var latest = new Latest<string>();

        Assert.True(latest.Put("a"));
        Assert.False(latest.Put("b"));
        Assert.Equal("b", latest.Take());
        Assert.Null(latest.Take());
        Assert.True(latest.Put("c"));
    }
}
