using Akka.Actor;
using Akka.Event;

namespace AkkaComfy.Runtime.Tests.Behaviors;

public sealed class BehaviorTests : RuntimeTest
{
    [Fact]
    public async Task Become_replaces_the_behavior()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Moody(log.Ref)));
        foreach (var message in new[] { "x", "glad", "x", "glum", "x" })
            a.Tell(message);
        await log.Expect("plain x", "glad x", "glum x");
    }

    [Fact]
    public async Task BecomeStacked_puts_a_behavior_on_top_and_UnbecomeStacked_takes_it_off()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Moody(log.Ref)));
        foreach (var message in new[] { "push glad", "x", "push glum", "x", "pop", "x", "pop", "x" })
            a.Tell(message);
        await log.Expect("glad x", "glum x", "glad x", "plain x");
    }

    [Fact]
    public async Task Become_replaces_only_the_behavior_on_top()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Moody(log.Ref)));
        foreach (var message in new[] { "push glad", "glum", "x", "pop", "x" })
            a.Tell(message);
        await log.Expect("glum x", "plain x");
    }

    [Fact]
    public async Task A_restart_returns_to_the_first_behavior()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Moody(log.Ref)));
        foreach (var message in new[] { "glad", "x", "fail", "x" })
            a.Tell(message);
        await log.Expect("glad x", "plain x");
    }

    [Fact]
    public async Task A_resumed_actor_keeps_its_behavior()
    {
        var log = NewProbe();
        var recipe = Props.Create(() => new Moody(log.Ref));
        var parent = NewPuppet(NewProbe(), "p", strategy: new OneForOneStrategy(_ => Directive.Resume));
        var a = await parent.Get(self => self.Ctx.ActorOf(recipe));
        foreach (var message in new[] { "glad", "fail", "x" })
            a.Tell(message);
        await log.Expect("glad x");
    }

    [Fact]
    public async Task An_untyped_actor_becomes_what_it_is_told()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        a.Do(self => self.Ctx.BecomeStacked(message =>
        {
            self.Report($"stacked {message}");
            if (message is "pop")
                self.Ctx.UnbecomeStacked();
        }));
        foreach (var message in new[] { "x", "pop", "x" })
            a.Tell(message);
        await log.Expect("a constructor", "a PreStart", "a stacked x", "a stacked pop", "x");
    }

    [Fact]
    public async Task Handlers_are_tried_in_the_order_of_their_declaration()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Sorting(log.Ref)));
        foreach (var message in new object[] { 1, 20, 300, "x", 'c', 1.5 })
            a.Tell(message);
        await log.Expect("small 1", "middle 20", "large 300", "text x", "object c", "any 1.5");
    }

    [Fact]
    public async Task A_message_without_a_handler_is_published_as_unhandled()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(UnhandledMessage));
        var a = Sys.ActorOf(Props.Create(() => new Moody(log.Ref)));
        a.Tell(42, log.Ref);
        var unhandled = await log.Next<UnhandledMessage>();
        Assert.Equal(42, unhandled.Message);
        Assert.Equal(a, unhandled.Recipient);
        Assert.Equal(log.Ref, unhandled.Sender);
    }

    [Fact]
    public async Task Unhandled_publishes_too()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(UnhandledMessage));
        NewPuppet(NewProbe(), "a").Tell(new Puppet.NotHandled());
        Assert.IsType<Puppet.NotHandled>((await log.Next<UnhandledMessage>()).Message);
    }

    [Fact]
    public async Task No_handler_may_follow_one_that_takes_everything()
    {
        var log = NewProbe();
        Sys.ActorOf(Props.Create(() => new TooGreedy(log.Ref)));
        await log.Expect(nameof(InvalidOperationException));
    }

    [Fact]
    public async Task Handlers_may_be_declared_only_while_configuring()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new DeclaresLate(log.Ref)));
        a.Tell("x");
        await log.Expect(nameof(InvalidOperationException));
    }

    [Fact]
    public async Task A_handler_for_a_base_type_takes_what_derives_from_it()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new TakesBase(log.Ref)));
        a.Tell(new ArgumentNullException("p"));
        await log.Expect(nameof(ArgumentNullException));
    }

    private sealed class Moody : ReceiveActor
    {
        private readonly IActorRef _log;

        public Moody(IActorRef log)
        {
            _log = log;
            In("plain");
        }

        private void In(string mood)
        {
            Receive<string>(command => command == "glad", _ => Become(() => In("glad")));
            Receive<string>(command => command == "glum", _ => Become(() => In("glum")));
            Receive<string>(command => command == "push glad", _ => BecomeStacked(() => In("glad")));
            Receive<string>(command => command == "push glum", _ => BecomeStacked(() => In("glum")));
            Receive<string>(command => command == "pop", _ => UnbecomeStacked());
            Receive<string>(command => command == "fail", _ => throw new InvalidOperationException("told to"));
            Receive<string>(text => _log.Tell($"{mood} {text}"));
        }
    }

    private sealed class Sorting : ReceiveActor
    {
        public Sorting(IActorRef log)
        {
            Receive<int>(n => n < 10, n => log.Tell($"small {n}"));
            Receive<int>(n => log.Tell($"middle {n}"), n => n < 100);
            Receive<int>(n => log.Tell($"large {n}"));
            Receive<string>(text =>
            {
                log.Tell($"text {text}");
                return true;
            });
            Receive(typeof(char), c => log.Tell($"object {c}"));
            ReceiveAny(any => log.Tell($"any {any}"));
        }
    }

    private sealed class TooGreedy : ReceiveActor
    {
        public TooGreedy(IActorRef log)
        {
            ReceiveAny(_ => { });
            log.Tell(Record.Exception(() => Receive<string>(_ => { }))!.GetType().Name);
        }
    }

    private sealed class DeclaresLate : ReceiveActor
    {
        public DeclaresLate(IActorRef log) =>
            Receive<string>(_ => log.Tell(Record.Exception(() => Receive<int>(_ => { }))!.GetType().Name));
    }

    private sealed class TakesBase : ReceiveActor
    {
        public TakesBase(IActorRef log) => Receive<ArgumentException>(e => log.Tell(e.GetType().Name));
    }
}
