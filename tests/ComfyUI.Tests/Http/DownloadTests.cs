using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class DownloadTests
{
    private static readonly OutputFile File = new("a b&c.png", "sub/dir", "temp");

    [Fact]
    public async Task An_output_is_streamed_with_its_type_and_length()
    {
        var query = "";
        await using var server = await LocalServer.StartAsync(async context =>
        {
            query = string.Join('|', context.Request.Query.Select(part => $"{part.Key}={part.Value}"));
            context.Response.ContentType = "image/png";
            context.Response.ContentLength = 300_000;
            await context.Response.Body.WriteAsync(new byte[300_000]);
        });

        await using var output = await server.Client().OpenOutputAsync(File, CancellationToken.None);
        using var copy = new MemoryStream();
        await output.Content.CopyToAsync(copy);

        Assert.Equal(("image/png", 300_000L, 300_000L), (output.MediaType, output.Length, copy.Length));
        Assert.Equal("filename=a b&c.png|subfolder=sub/dir|type=temp", query);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task A_file_that_is_gone_is_the_workers_fault_for_this_job(HttpStatusCode status)
    {
        var stub = new StubHandler(_ => new HttpResponseMessage(status));

        var e = await Assert.ThrowsAsync<ComfyException>(
            () => stub.Client().OpenOutputAsync(File, CancellationToken.None));

        Assert.Equal((ComfyCause.OutputMissing, Blame.Worker), (e.Fault.Cause, e.Fault.Blame));
        Assert.Contains("a b&c.png", e.Fault.Message, StringComparison.Ordinal);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task An_output_cut_off_is_a_lost_connection_and_never_a_short_file()
    {
        await using var server = new RawServer(async stream =>
        {
            await RawServer.ReadHeadAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nshort"));
            stream.Socket.Shutdown(SocketShutdown.Send);
            await RawServer.ReadHeadAsync(stream); // until the client has gone
        });
        using var invoker = ComfyTransport.Create();
        var client = new ComfyClient(
            ComfyEndpoint.Parse(server.Address), invoker, new ComfyClientOptions(), TimeProvider.System);

        await using var output = await client.OpenOutputAsync(File, CancellationToken.None);
        var e = await Assert.ThrowsAsync<ComfyException>(() => output.Content.CopyToAsync(Stream.Null));

        Assert.Equal((ComfyCause.ConnectionLost, Blame.Network), (e.Fault.Cause, e.Fault.Blame));
    }

    [Fact]
    public async Task Silence_in_the_middle_of_an_output_is_no_answer()
    {
        var time = new ManualTime();
        await using var server = await LocalServer.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
        });
        var options = new ComfyClientOptions { DownloadIdleTimeout = TimeSpan.FromSeconds(5) };

        await using var output = await server.Client(options, time).OpenOutputAsync(File, CancellationToken.None);
        await output.Content.ReadExactlyAsync(new byte[10]);
        var reading = output.Content.ReadAsync(new byte[10]).AsTask();
        await time.TimerWithinAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));

        var e = await Assert.ThrowsAsync<ComfyException>(() => reading);
        Assert.Equal((ComfyCause.NoAnswer, Blame.Network), (e.Fault.Cause, e.Fault.Blame));
    }

    [Fact]
    public async Task A_reader_that_gives_up_is_cancelled()
    {
        using var giveUp = new CancellationTokenSource();
        await using var server = await LocalServer.StartAsync(async context =>
        {
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        await using var output = await server.Client().OpenOutputAsync(File, CancellationToken.None);
        var reading = output.Content.ReadAsync(new byte[10], giveUp.Token).AsTask();
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task An_upload_arrives_as_multipart()
    {
        var arrived = "";
        await using var server = await LocalServer.StartAsync(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            var file = form.Files["image"]!;
            using var copy = new MemoryStream();
            await file.CopyToAsync(copy);
            arrived = $"{file.FileName} {file.ContentType} {copy.Length} {form["subfolder"]} {form["type"]}";
            await context.Response.WriteAsync("""{"name":"x (1).png","subfolder":"in","type":"input"}""");
        });

        var stored = await server.Client().UploadImageAsync(
            new ImageUpload("x.png", "image/png", 99_999, _ => ValueTask.FromResult<Stream>(new PatternStream(99_999)))
            {
                Subfolder = "in",
            },
            CancellationToken.None);

        Assert.Equal("x.png image/png 99999 in input", arrived);
        Assert.Equal("in/x (1).png", stored.Reference);
    }
}
