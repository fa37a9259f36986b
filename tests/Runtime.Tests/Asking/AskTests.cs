using Akka.Actor;
using Akka.Event;

namespace AkkaComfy.Runtime.Tests.Asking;

public sealed class AskTests : RuntimeTest
{
    [Fact]
    public async Task An_answer_completes_the_task()
    {
        var answer = await Answering(question => $"re: {question}").Ask<string>("x", Patience);
        Assert.Equal("re: x", answer);
    }

    [Fact]
    public async Task Ask_from_within_an_actor_works_too()
    {
        var other = Answering(_ => 42);
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        a.Do(self => self.RunAsync(async () => self.Report($"{await other.Ask<int>("x", Patience)}")));
        await log.Expect("a constructor", "a PreStart", "a 42");
    }

    [Fact]
    public async Task No_answer_in_time_is_AskTimeoutException()
    {
        var silent = NewPuppet(NewProbe(), "silent");
        await Assert.ThrowsAsync<AskTimeoutException>(() =>
            silent.Ask<string>("x", TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task Cancelling_cancels_the_task()
    {
        var silent = NewPuppet(NewProbe(), "silent");
        using var cancellation = new CancellationTokenSource();
        var answer = silent.Ask<string>("x", cancellation.Token);
        Assert.False(answer.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_question_asked_with_a_cancelled_token_is_cancelled()
    {
        var silent = NewPuppet(NewProbe(), "silent");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            silent.Ask<string>("x", null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task An_answer_of_another_type_fails_the_task()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Answering(_ => 42).Ask<string>("x", Patience));
    }

    [Fact]
    public async Task A_Status_Failure_fails_the_task_with_its_cause()
    {
        var fault = new FormatException("no");
        var thrown = await Assert.ThrowsAsync<FormatException>(() =>
            Answering(_ => new Status.Failure(fault)).Ask<string>("x", Patience));
        Assert.Same(fault, thrown);
    }

    [Fact]
    public async Task Who_asks_for_a_Status_gets_it_even_when_it_is_a_failure()
    {
        var answer = await Answering(_ => new Status.Failure(new FormatException("no"))).Ask<Status>("x", Patience);
        Assert.IsType<Status.Failure>(answer);
    }

    [Fact]
    public async Task A_second_answer_becomes_a_dead_letter()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new AnswersTwice()));
        Sys.EventStream.Subscribe(log.Ref, typeof(DeadLetter));
        Assert.Equal("first", await a.Ask<string>("x", Patience));
        Assert.Equal("second", (await log.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task An_answer_after_the_timeout_becomes_a_dead_letter()
    {
        var letters = NewProbe();
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var asked = new TaskCompletionSource<IActorRef>();
        var a = NewPuppet(NewProbe(), "a");
        a.Do(self => self.Ctx.BecomeStacked(_ => asked.TrySetResult(self.Asker)));
        await Assert.ThrowsAsync<AskTimeoutException>(() => a.Ask<string>("x", TimeSpan.FromMilliseconds(50)));
        (await asked.Task).Tell("late");
        Assert.Equal("late", (await letters.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task The_message_may_be_made_from_the_reference_to_answer_to()
    {
        var a = NewPuppet(NewProbe(), "a");
        a.Do(self => self.Ctx.Become(message => ((IActorRef)message).Tell("to you")));
        Assert.Equal("to you", await a.Ask<string>(me => me, Patience, CancellationToken.None));
    }

    [Fact]
    public async Task Asking_a_stopped_actor_times_out()
    {
        var log = NewProbe();
        var a = NewPuppet(NewProbe(), "a");
        await log.Watch(a);
        Sys.Stop(a);
        await log.ExpectTerminated(a);
        await Assert.ThrowsAsync<AskTimeoutException>(() => a.Ask<string>("x", TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task The_one_who_answers_can_be_answered_by_path()
    {
        var a = NewPuppet(NewProbe(), "a");
        a.Do(self => self.Ctx.Become(_ => self.Ctx.ActorSelection(self.Asker.Path.ToString()).Tell("found you")));
        Assert.Equal("found you", await a.Ask<string>("x", Patience));
    }

    [Fact]
    public async Task The_default_timeout_comes_from_the_configuration()
    {
        var system = ActorSystem.Create("brief", "akka { loglevel = OFF, actor.ask-timeout = 50ms }");
        var silent = system.ActorOf(Puppet.Recipe(NewProbe()));
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("x"));
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_question_that_is_open_when_its_system_terminates_times_out()
    {
        var system = ActorSystem.Create("brief", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var silent = system.ActorOf(Puppet.Recipe(NewProbe()));
        var open = silent.Ask<string>("x", TimeSpan.FromSeconds(2));
        await system.Terminate().WaitAsync(Patience);
        await Assert.ThrowsAsync<AskTimeoutException>(() => open.WaitAsync(Patience));
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("x", TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task A_thousand_questions_at_once_get_each_its_own_answer()
    {
        var a = Answering(question => question);
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => a.Ask<int>(n, Patience)));
        Assert.Equal(Enumerable.Range(0, 1000), answers);
    }

    [Fact]
    public async Task GracefulStop_completes_when_the_actor_has_stopped()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        Assert.True(await a.GracefulStop(Patience));
        await log.Expect("a PostStop");
    }

    [Fact]
    public async Task GracefulStop_of_a_stopped_actor_completes_at_once()
    {
        var a = NewPuppet(NewProbe(), "a");
        Assert.True(await a.GracefulStop(Patience));
        Assert.True(await a.GracefulStop(Patience));
    }

    [Fact]
    public async Task GracefulStop_sends_the_message_it_is_given()
    {
        var a = NewPuppet(NewProbe(), "a");
        Assert.True(await a.GracefulStop(Patience, new Puppet.Do(self => self.Ctx.Stop(self.Me))));
    }

    [Fact]
    public async Task GracefulStop_is_cancelled_when_the_actor_does_not_stop_in_time()
    {
        var a = NewPuppet(NewProbe(), "a");
        await Assert.ThrowsAsync<TaskCanceledException>(() =>
            a.GracefulStop(TimeSpan.FromMilliseconds(50), "ignored"));
    }

    private IActorRef Answering(Func<object, object> answer) => Sys.ActorOf(Props.Create(() => new Answers(answer)));

    private sealed class Answers(Func<object, object> answer) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(answer(message));
    }

    private sealed class AnswersTwice : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Sender.Tell("first");
            Sender.Tell("second");
        }
    }
}
