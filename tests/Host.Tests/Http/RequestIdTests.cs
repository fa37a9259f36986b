using AkkaComfy.Host.Http;

namespace AkkaComfy.Host.Tests.Http;

public class RequestIdTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("0193-abc_DEF/=", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("line\nbreak", false)]
    [InlineData("naïve", false)]
    public void Only_short_printable_ids_of_clients_are_used(string id, bool isUsable) =>
        Assert.Equal(isUsable, RequestId.IsUsable(id));

    [Fact]
    public void An_id_may_have_128_characters_and_no_more()
    {
        Assert.True(RequestId.IsUsable(new string('x', 128)));
        Assert.False(RequestId.IsUsable(new string('x', 129)));
    }
}
