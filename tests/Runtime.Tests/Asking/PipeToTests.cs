using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Asking;

public sealed class PipeToTests : RuntimeTest
{
    [Fact]
    public async Task A_result_is_sent_when_it_is_there()
    {
        var (log, source) = (NewProbe(), new TaskCompletionSource<string>());
        var piped = source.Task.PipeTo(log.Ref);
        Assert.False(piped.IsCompleted);
        source.SetResult("done");
        await log.Expect("done");
        await piped;
    }

    [Fact]
    public async Task A_failure_is_sent_as_Status_Failure()
    {
        var log = NewProbe();
        await Task.FromException<string>(new FormatException("no")).PipeTo(log.Ref);
        Assert.Equal("no", Assert.IsType<FormatException>((await log.Next<Status.Failure>()).Cause).Message);
    }

    [Fact]
    public async Task Success_and_failure_are_mapped()
    {
        var log = NewProbe();
        await Task.FromResult(2).PipeTo(log.Ref, success: n => n * 2, failure: e => e.Message);
        await Task.FromException<int>(new FormatException("no"))
            .PipeTo(log.Ref, success: n => n * 2, failure: e => e.Message);
        await log.Expect(4, "no");
    }

    [Fact]
    public async Task A_task_without_a_result_sends_what_its_mapping_makes()
    {
        var log = NewProbe();
        await Task.CompletedTask.PipeTo(log.Ref, success: () => "done");
        await Task.FromException(new FormatException("no")).PipeTo(log.Ref, failure: e => e.Message);
        await log.Expect("done", "no");
    }

    [Fact]
    public async Task The_sender_is_the_one_given()
    {
        var (log, other) = (NewProbe(), NewProbe());
        await Task.FromResult("x").PipeTo(log.Ref, sender: other.Ref);
        await log.Expect("x");
        Assert.Equal(other.Ref, log.LastSender);
    }

    [Fact]
    public async Task Cancellation_is_a_failure()
    {
        var log = NewProbe();
        await Task.FromCanceled<string>(new CancellationToken(canceled: true)).PipeTo(log.Ref);
        Assert.IsAssignableFrom<OperationCanceledException>((await log.Next<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task An_actor_pipes_to_itself_without_waiting()
    {
        var (log, source) = (NewProbe(), new TaskCompletionSource<string>());
        var a = NewPuppet(log, "a");
        a.Do(self => _ = source.Task.PipeTo(self.Me));
        a.Tell("meanwhile");
        await log.Expect("a constructor", "a PreStart", "meanwhile");
        source.SetResult("done");
        await log.Expect("done");
    }

    [Fact]
    public async Task Forward_keeps_the_sender()
    {
        var (log, other) = (NewProbe(), NewProbe());
        NewPuppet(log, "a").Tell("x", other.Ref);
        await log.Expect("a constructor", "a PreStart", "x");
        Assert.Equal(other.Ref, log.LastSender);
    }
}
