using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Naming;

public sealed class PropsTests : RuntimeTest
{
    [Fact]
    public async Task Props_pass_their_arguments()
    {
        var (number, pair) = (2, typeof(Pair));
        foreach (var recipe in new[]
        {
            Props.Create<Pair>("x", 2),
            Props.Create(pair, "x", 2),
            Props.Create(() => new Pair("x", number)),
            Props.Create(() => new Pair("X".ToLowerInvariant(), 1 + 1)),
        })
            Assert.Equal("x2", await Sys.ActorOf(recipe).Ask<string>("?", Patience));
    }

    [Fact]
    public async Task The_constructor_that_fits_the_arguments_is_taken()
    {
        Assert.Equal("text", await Sys.ActorOf(Props.Create<Choosy>("x")).Ask<string>("?", Patience));
        Assert.Equal("number", await Sys.ActorOf(Props.Create<Choosy>(1)).Ask<string>("?", Patience));
        Assert.Equal("nothing", await Sys.ActorOf(Props.Create<Choosy>()).Ask<string>("?", Patience));
    }

    [Fact]
    public async Task Arguments_are_evaluated_once()
    {
        var calls = 0;
        Func<int> next = () => ++calls;
        var recipe = Props.Create(() => new Pair("x", next()));
        Assert.Equal("x1", await Sys.ActorOf(recipe).Ask<string>("?", Patience));
        Assert.Equal("x1", await Sys.ActorOf(recipe).Ask<string>("?", Patience));
    }

    [Fact]
    public async Task A_null_argument_is_passed()
    {
        string? nothing = null;
        Assert.Equal("2", await Sys.ActorOf(Props.Create(() => new Pair(nothing!, 2))).Ask<string>("?", Patience));
    }

    [Fact]
    public void An_expression_must_be_a_constructor_call() =>
        Assert.Throws<ArgumentException>(() => Props.Create(() => Make()));

    [Fact]
    public async Task Arguments_that_fit_no_constructor_fail_the_creation()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create<Pair>("x", "y", "z"));
        await log.Watch(a);
        await log.ExpectTerminated(a);
    }

    [Fact]
    public async Task A_producer_makes_the_actor()
    {
        var recipe = Props.CreateBy(new Producer("made"));
        Assert.Equal(typeof(Pair), recipe.Type);
        Assert.Equal("made1", await Sys.ActorOf(recipe).Ask<string>("?", Patience));
    }

    [Fact]
    public async Task A_producer_gets_back_what_it_made()
    {
        var producer = new Producer("made");
        var a = Sys.ActorOf(Props.CreateBy(producer));
        Assert.Equal("made1", await a.Ask<string>("?", Patience));
        Sys.Stop(a);
        Assert.IsType<Pair>(await producer.Released.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_actor_is_created_from_its_type_alone()
    {
        Assert.Equal("plain", await Sys.ActorOf<Plain>("plain").Ask<string>("?", Patience));
        Assert.Equal("other", await Sys.ActorOf(Props.Create<Plain>(), "other").Ask<string>("?", Patience));
    }

    [Fact]
    public void An_unknown_dispatcher_is_refused() =>
        Assert.ThrowsAny<Exception>(() => Sys.ActorOf(Props.Create<Plain>().WithDispatcher("no-such")));

    private static Pair Make() => throw new InvalidOperationException("never called");

    private sealed class Pair(string text, int number) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(text + number);
    }

    private sealed class Choosy : UntypedActor
    {
        private readonly string _taken;

        public Choosy() => _taken = "nothing";

        public Choosy(string _) => _taken = "text";

        public Choosy(int _) => _taken = "number";

        protected override void OnReceive(object message) => Sender.Tell(_taken);
    }

    private sealed class Plain : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(Self.Path.Name);
    }

    private sealed class Producer(string text) : IIndirectActorProducer
    {
        private int _made;

        public TaskCompletionSource<ActorBase> Released { get; } = new();
        public Type ActorType => typeof(Pair);
        public ActorBase Produce() => new Pair(text, ++_made);

        public void Release(ActorBase actor) => Released.TrySetResult(actor);
    }
}
