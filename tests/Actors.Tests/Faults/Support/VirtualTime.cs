using Akka.Actor;
using Akka.Event;
using Akka.TestKit;

namespace AkkaComfy.Actors.Tests.Faults.Support;

/// <summary>A test whose clock stands still until it is moved: whatever waits for time waits for the test.</summary>
/// <remarks>
/// The fakes answer on the caller's thread, so that an actor's whole reaction to one message lies in its mailbox when
/// that message is done. A few rounds of questions that every actor answers then leave nothing undone.
/// </remarks>
public abstract class VirtualTime : Akka.TestKit.Xunit2.TestKit
{
    private const int Rounds = 4;

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected VirtualTime()
        : base($$"""
            akka {
              loggers = []
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              scheduler.implementation = "{{typeof(TestScheduler).AssemblyQualifiedName}}"
            }
            """)
    {
    }

    internal TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    /// <summary>Until these actors, and all whom they told something meanwhile, have nothing left to do.</summary>
    internal static async Task SettleAsync(params IReadOnlyCollection<IActorRef> actors)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(actors.Select(actor => actor.Ask<ActorIdentity>(new Identify(0), Patience)));
        }
    }

    /// <summary>Moves the clock in small steps, each seen to its end before the next.</summary>
    internal async Task AdvanceAsync(TimeSpan by, TimeSpan step, params IReadOnlyCollection<IActorRef> actors)
    {
        await SettleAsync(actors);
        for (var until = Scheduler.Now + by; Scheduler.Now < until;)
        {
            var left = until - Scheduler.Now;
            Scheduler.Advance(left < step ? left : step);
            await SettleAsync(actors);
        }
    }

    /// <summary>Until the actor is gone by this.</summary>
    internal async Task EndAsync(IActorRef actor, Action end)
    {
        var mourner = CreateTestProbe();
        mourner.Watch(actor);
        end();
        await mourner.ExpectTerminatedAsync(actor, Patience);
    }

    internal static async Task EventuallyAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"in vain: {what}");
            await Task.Yield();
        }
    }

    /// <summary>Until the actor has exactly these children.</summary>
    internal async Task UntilChildrenAsync(IActorRef parent, params IEnumerable<string> names)
    {
        var expected = names.Order(StringComparer.Ordinal).ToArray();
        using var limit = new CancellationTokenSource(Patience);
        // Who has only just stopped may answer still, and who is busy not yet: what is seen twice is so.
        for (var seen = 0; seen < 2;)
        {
            var children = await ChildrenAsync(parent);
            seen = children.SequenceEqual(expected, StringComparer.Ordinal) ? seen + 1 : 0;
            Assert.False(limit.IsCancellationRequested, $"children: {string.Join(", ", children)}");
        }
    }

    private async Task<string[]> ChildrenAsync(IActorRef parent)
    {
        var census = CreateTestProbe();
        Sys.ActorSelection(parent.Path + "/*").Tell(new Identify(0), census.Ref);
        await SettleAsync(parent, census.Ref);
        var names = new List<string>();
        while (census.HasMessages)
        {
            if (census.ReceiveOne(TimeSpan.Zero) is ActorIdentity { Subject: { } child })
            {
                names.Add(child.Path.Name);
            }
        }

        Sys.Stop(census.Ref);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>A day after its end, an actor's timers would have told somebody who is gone.</summary>
    internal void NothingIsScheduled()
    {
        var letters = CreateTestProbe();
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        Scheduler.Advance(TimeSpan.FromDays(1));
        letters.Ref.Tell(Marker.Instance);
        Assert.IsType<Marker>(letters.ReceiveOne(Patience));
        Sys.EventStream.Unsubscribe(letters.Ref);
    }

    private sealed record Marker
    {
        public static Marker Instance { get; } = new();
    }
}
