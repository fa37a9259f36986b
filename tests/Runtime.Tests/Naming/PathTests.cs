using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Naming;

public sealed class PathTests : RuntimeTest
{
    [Fact]
    public void A_path_is_written_with_and_without_address_and_uid()
    {
        var a = NewPuppet(NewProbe(), "a");
        Assert.Equal("akka://test/user/a", a.Path.ToString());
        Assert.Equal("/user/a", a.Path.ToStringWithoutAddress());
        Assert.Equal($"akka://test/user/a#{a.Path.Uid}", a.Path.ToStringWithUid());
        Assert.Equal(["user", "a"], a.Path.Elements);
        Assert.Equal("a", a.Path.Name);
        Assert.Equal("user", a.Path.Parent.Name);
        Assert.Equal(new Address("akka", "test"), a.Path.Address);
    }

    [Theory]
    [InlineData("akka://sys/user/a/b", "akka://sys/user/a/b")]
    [InlineData("akka.tcp://sys@host:1234/user/a", "akka.tcp://sys@host:1234/user/a")]
    [InlineData("akka://sys/", "akka://sys/")]
    public void A_path_is_parsed(string text, string expected) =>
        Assert.Equal(expected, ActorPath.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("user/a")]
    [InlineData("http:/sys")]
    public void What_is_no_path_is_refused(string text) => Assert.False(ActorPath.TryParse(text, out _));

    [Fact]
    public void Paths_are_equal_when_their_elements_and_address_are()
    {
        Assert.Equal(ActorPath.Parse("akka://sys/user/a"), ActorPath.Parse("akka://sys/user/a"));
        Assert.NotEqual(ActorPath.Parse("akka://sys/user/a"), ActorPath.Parse("akka://sys/user/b"));
        Assert.NotEqual(ActorPath.Parse("akka://sys/user/a"), ActorPath.Parse("akka://other/user/a"));
        Assert.Equal(
            ActorPath.Parse("akka://sys/user/a").GetHashCode(), ActorPath.Parse("akka://sys/user/a").GetHashCode());
    }

    [Fact]
    public void An_address_is_parsed_and_written()
    {
        var address = Address.Parse("akka.tcp://sys@host:4053");
        Assert.Equal(("akka.tcp", "sys", "host", 4053), (address.Protocol, address.System, address.Host, address.Port));
        Assert.Equal("akka.tcp://sys@host:4053", address.ToString());
        Assert.Equal("sys@host:4053", address.HostPort());
        Assert.True(address.HasGlobalScope);
        Assert.True(Address.Parse("akka://sys").HasLocalScope);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-b_c.d~1", true)]
    [InlineData("host:8188", true)]
    [InlineData("%20", true)]
    [InlineData("$a", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("%2", false)]
    public void A_name_follows_the_rules(string name, bool valid) =>
        Assert.Equal(valid, ActorPath.IsValidPathElement(name));

    [Theory]
    [InlineData("")]
    [InlineData("$x")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public void An_invalid_name_is_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => NewPuppet(NewProbe(), name));

    [Fact]
    public void A_taken_name_is_refused()
    {
        NewPuppet(NewProbe(), "a");
        var fault = Assert.Throws<InvalidActorNameException>(() => NewPuppet(NewProbe(), "a"));
        Assert.Contains("a", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anonymous_actors_are_named_in_order()
    {
        var parent = NewPuppet(NewProbe(), "p");
        var recipe = Puppet.Recipe(NewProbe());
        var names = await parent.Get(self =>
            Enumerable.Range(0, 66).Select(_ => self.Ctx.ActorOf(recipe).Path.Name).ToArray());
        Assert.Equal(["$a", "$b", "$c"], names[..3]);
        Assert.Equal("$z", names[25]);
        Assert.Equal("$A", names[26]);
        Assert.Equal(66, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task References_to_one_incarnation_are_equal_and_to_two_are_not()
    {
        var a = NewPuppet(NewProbe(), "a");
        var same = await Sys.ActorSelection("/user/a").ResolveOne(Patience);
        Assert.Equal(a, same);
        Assert.Equal(a.GetHashCode(), same.GetHashCode());
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.False(a.IsNobody());
    }

    [Fact]
    public void A_reference_is_written_with_its_uid()
    {
        var a = NewPuppet(NewProbe(), "a");
        Assert.Equal($"[akka://test/user/a#{a.Path.Uid}]", a.ToString());
    }
}
