using System.Threading.Channels;
using Akka.Actor;

namespace AkkaComfy.Runtime.Tests;

/// <summary>An actor that keeps what it receives for a test to look at, in order.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<(object Message, IActorRef Sender)> _received =
        Channel.CreateUnbounded<(object, IActorRef)>();

    public Probe(IActorRefFactory factory)
    {
        var writer = _received.Writer;
        Ref = factory.ActorOf(Props.Create(() => new Listener(writer)));
    }

    public IActorRef Ref { get; }

    /// <summary>The sender of the message that was taken last.</summary>
    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    public async Task<object> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (message, sender) = await _received.Reader.ReadAsync(patience.Token);
            LastSender = sender;
            return message;
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"Nothing reached the probe within {Patience}.", e);
        }
    }

    public async Task<T> Next<T>() => Assert.IsAssignableFrom<T>(await Next());

    public async Task Expect(params object[] messages)
    {
        foreach (var message in messages)
            Assert.Equal(message, await Next());
    }

    /// <summary>Takes messages in whatever order they come.</summary>
    public async Task ExpectInAnyOrder(params string[] messages)
    {
        var received = new List<string>();
        foreach (var _ in messages)
            received.Add(await Next<string>());
        Assert.Equal(messages.Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
    }

    /// <summary>Nothing is waiting now; to be asked after a message that would have come later.</summary>
    public void IsEmpty() => Assert.False(_received.Reader.TryPeek(out _), "An unexpected message reached the probe.");

    public async Task Watch(IActorRef subject) => await Ref.Ask<string>(new WatchFor(subject), Patience);

    public async Task<Terminated> ExpectTerminated(IActorRef subject)
    {
        var terminated = await Next<Terminated>();
        Assert.Equal(subject, terminated.ActorRef);
        return terminated;
    }

    private sealed record WatchFor(IActorRef Subject);

    private sealed class Listener(ChannelWriter<(object, IActorRef)> received) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is WatchFor watch)
            {
                Context.Watch(watch.Subject);
                Sender.Tell("watching");
            }
            else
            {
                received.TryWrite((message, Sender));
            }
        }
    }
}
