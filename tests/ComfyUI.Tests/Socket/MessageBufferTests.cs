namespace AkkaComfy.ComfyUI.Tests;

public sealed class MessageBufferTests
{
    [Fact]
    public async Task The_oldest_goes_first_when_it_is_full()
    {
        using var buffer = new MessageBuffer(2);
        for (var i = 1; i <= 5; i++)
        {
            buffer.Offer(new ComfyMessage.Progress(i, 5, null, null));
        }

        buffer.Complete(null);

        Assert.Equal(["progress 4/5", "progress 5/5"], await InShortAsync(buffer));
        Assert.Equal(3, buffer.Dropped);
    }

    [Fact]
    public async Task Of_previews_only_the_latest_is_kept_and_it_displaces_nothing()
    {
        using var buffer = new MessageBuffer(1);
        buffer.Offer(Preview(1));
        buffer.Offer(new ComfyMessage.Progress(1, 1, null, null));
        buffer.Offer(Preview(2));
        buffer.Complete(null);

        var read = new List<ComfyMessage>();
        await foreach (var message in buffer.ReadAllAsync(CancellationToken.None))
        {
            read.Add(message);
        }

        Assert.Equal(["progress 1/1", "preview"], Said.InShort(read));
        Assert.Equal([2], Assert.IsType<ComfyMessage.Preview>(read[1]).Image.ToArray());
        Assert.Equal(0, buffer.Dropped);
    }

    [Fact]
    public async Task What_came_before_a_failure_is_read_before_it()
    {
        using var buffer = new MessageBuffer(9);
        buffer.Offer(new ComfyMessage.Progress(1, 1, null, null));
        buffer.Complete(new ComfyException(FaultClassifier.Vanished("p")));

        await using var reading = buffer.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await reading.MoveNextAsync());
        await Assert.ThrowsAsync<ComfyException>(() => reading.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task A_listener_that_waits_is_woken()
    {
        using var buffer = new MessageBuffer(9);
        await using var reading = buffer.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();

        var waiting = reading.MoveNextAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        buffer.Offer(new ComfyMessage.Progress(1, 1, null, null));

        Assert.True(await waiting);
        var ending = reading.MoveNextAsync().AsTask();
        buffer.Complete(null);
        Assert.False(await ending);
    }

    private static ComfyMessage.Preview Preview(byte image) => new("image/png", new[] { image }, null, null);

    private static async Task<string[]> InShortAsync(MessageBuffer buffer)
    {
        var read = new List<ComfyMessage>();
        await foreach (var message in buffer.ReadAllAsync(CancellationToken.None))
        {
            read.Add(message);
        }

        return Said.InShort(read);
    }
}
