using System.Collections;
using Akka.Actor;
using Xunit.Sdk;

namespace AkkaComfy.Runtime.Tests.TestKit;

public sealed class ReceiveTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void ReceiveOne_takes_the_next_message_or_nothing()
    {
        TestActor.Tell(1);
        Assert.Equal(1, ReceiveOne());
        Assert.Null(ReceiveOne(Soon));
        Assert.Null(ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void PeekOne_leaves_the_message_where_it_is()
    {
        TestActor.Tell(1);
        Assert.Equal(1, PeekOne());
        Assert.Equal(1, PeekOne());
        Assert.Equal(1, ReceiveOne());
        Assert.Null(PeekOne(TimeSpan.Zero));
    }

    [Fact]
    public void ReceiveN_takes_so_many_and_fails_with_fewer()
    {
        Tell(1, 2, 3);
        Assert.Equal([1, 2], ReceiveN(2).Cast<int>());
        Assert.ThrowsAny<XunitException>(() => ReceiveN(2, Soon));
    }

    [Fact]
    public void ReceiveWhile_stops_before_the_first_message_that_does_not_fit()
    {
        Tell("a", "b", 3, "c");
        Assert.Equal(["a", "b"], ReceiveWhile<string>(message => message as string));
        ExpectMsg(3);
        ExpectMsg("c");
    }

    [Fact]
    public void ReceiveWhile_stops_after_so_many()
    {
        Tell("a", "b", "c");
        Assert.Equal(["a", "b"], ReceiveWhile<string>(message => message as string, msgs: 2));
        ExpectMsg("c");
    }

    [Fact]
    public void ReceiveWhile_stops_when_nothing_comes_for_a_while()
    {
        Tell("a");
        Assert.Equal(["a"], ReceiveWhile<string>(TimeSpan.FromMinutes(5), Soon, message => message as string));
    }

    [Fact]
    public void FishForMessage_drops_what_comes_before()
    {
        Tell(1, 2, 3, 4);
        Assert.Equal(3, FishForMessage<int>(n => n == 3));
        ExpectMsg(4);
        Assert.ThrowsAny<XunitException>(() => FishForMessage(_ => false, Soon));
    }

    [Fact]
    public async Task FishForMessage_tells_what_it_dropped()
    {
        Tell(1, "two", 3);
        var dropped = new ArrayList();
        await FishForMessageAsync<int>(n => n == 3, dropped);
        Assert.Equal([1, "two"], dropped.Cast<object>());
    }

    [Fact]
    public void Messages_that_are_ignored_never_arrive()
    {
        IgnoreMessages<int>(n => n % 2 == 0);
        Tell(1, 2, 3);
        ExpectMsg(1);
        ExpectMsg(3);
        IgnoreNoMessages();
        Tell(4);
        ExpectMsg(4);
    }

    [Fact]
    public void HasMessages_tells_whether_something_waits()
    {
        Assert.False(HasMessages);
        TestActor.Tell(1);
        AwaitCondition(() => HasMessages);
        ExpectMsg(1);
        Assert.False(HasMessages);
    }

    [Fact]
    public async Task The_asynchronous_variants_say_the_same()
    {
        Tell(1, 2, 3, "a", "b");
        Assert.Equal(1, await PeekOneAsync());
        Assert.Equal(1, await ReceiveOneAsync());
        var two = new List<object>();
        await foreach (var message in ReceiveNAsync(2)) two.Add(message);
        Assert.Equal([2, 3], two);
        var texts = new List<string>();
        await foreach (var text in ReceiveWhileAsync<string>(message => message as string, msgs: 2)) texts.Add(text);
        Assert.Equal(["a", "b"], texts);
        Assert.Null(await ReceiveOneAsync(Soon));
    }

    private void Tell(params object[] messages)
    {
        foreach (var message in messages) TestActor.Tell(message);
    }
}
