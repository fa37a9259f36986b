using System.IO.Pipelines;
using System.Text;
using System.Threading.Channels;
using Akka.Streams;
using AkkaComfy.Actors.Events;
using AkkaComfy.ComfyUI.Tests;
using AkkaComfy.Core.Events;
using AkkaComfy.Host.Endpoints.Events;
using AkkaComfy.Host.Events;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Tests.Events;

public sealed class EventWriterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTime _time = new();
    private readonly Pipe _body = new();
    private readonly Channel<Backlog> _heard = Channel.CreateUnbounded<Backlog>();
    private readonly CancellationTokenSource _hub = new();
    private readonly CancellationTokenSource _over = new();
    private readonly EventSubscription _subscription;
    private readonly EventWriter _writer;
    private int _overflows;

    public EventWriterTests()
    {
        _subscription = new EventSubscription(
            new Listening.Joined(_heard.Reader, new StreamPosition("0a1b2c3d", 0), null, _hub.Token),
            new CancellationTokenSource(), () => _overflows++);
        _writer = new EventWriter(_body.Writer, _time, _over.Token, CancellationToken.None);
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _hub.Dispose();
        _over.Dispose();
    }

    [Fact]
    public async Task A_stream_that_has_nothing_to_say_says_so_every_fifteen_seconds()
    {
        var next = _writer.NextAsync(_subscription);

        for (var times = 0; times < 3; times++)
        {
            await _time.TimerWithinAsync(TimeSpan.FromSeconds(15)).WaitAsync(Patience);
            _time.Advance(TimeSpan.FromSeconds(14.9));
            Assert.False(_body.Reader.TryRead(out _));
            _time.Advance(TimeSpan.FromSeconds(0.1));
            Assert.StartsWith(":", await WrittenAsync(), StringComparison.Ordinal);
        }

        var backlog = new Backlog(1);
        Assert.True(_heard.Writer.TryWrite(backlog));
        Assert.Same(backlog, await next.WaitAsync(Patience));
    }

    [Fact]
    public async Task When_the_hub_ends_there_is_nothing_next_and_when_the_stream_is_over_it_throws()
    {
        var next = _writer.NextAsync(_subscription);
        await _hub.CancelAsync();
        Assert.Null(await next.WaitAsync(Patience));

        using var another = new EventSubscription(
            new Listening.Joined(_heard.Reader, default, null, CancellationToken.None), new CancellationTokenSource(),
            () => { });
        var last = _writer.NextAsync(another);
        await _over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => last.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_client_that_was_too_slow_is_counted_however_it_comes_to_light()
    {
        var behind = new Backlog(0).Add(new Occurrence(new LiveEvents.InstanceChanged(null!, default)));
        Assert.True(_heard.Writer.TryWrite(behind));
        Assert.Equal(Gap.Overflow, (await _writer.NextAsync(_subscription))!.Gap);
        _heard.Writer.Complete(new BufferOverflowException("Full."));

        Assert.Null(await _writer.NextAsync(_subscription));
        Assert.Equal(2, _overflows);
    }

    [Fact]
    public async Task A_frame_has_the_id_it_is_given_and_no_other()
    {
        _writer.Write("event: a\ndata: 1\n\n"u8, "7");
        _writer.Write("event: b\ndata: 2\n\n"u8);
        await _writer.FlushAsync();

        Assert.Equal("id: 7\nevent: a\ndata: 1\n\nevent: b\ndata: 2\n\n", await WrittenAsync());
    }

    private async Task<string> WrittenAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var written = await _body.Reader.ReadAsync(limit.Token);
        var text = Encoding.UTF8.GetString(written.Buffer);
        _body.Reader.AdvanceTo(written.Buffer.End);
        return text;
    }
}
