using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class SocketTests
{
    private static readonly byte[] Status = """{"type":"status","data":{"sid":"c"}}"""u8.ToArray();

    [Fact]
    public async Task A_socket_introduces_itself_before_anything_else()
    {
        var seen = "";
        await using var server = await SocketServer.StartAsync(async (socket, context) =>
        {
            seen = $"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization} "
                + $"{context.Request.Headers.Origin} {await SocketServer.ReceiveAsync(socket)}";
            await socket.SendAsync(Status, WebSocketMessageType.Text, true, CancellationToken.None);
            await SocketServer.ReceiveAsync(socket);
        });
        var url = server.Url.Replace("http://", "http://me:secret@", StringComparison.Ordinal) + "/gpu";

        await using var socket = await server.Connector(url: url).ConnectAsync("c 1", CancellationToken.None);
        await using var messages = socket.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await messages.MoveNextAsync();

        Assert.Equal(new ComfyMessage.Status(null, "c"), messages.Current);
        Assert.Equal(
            "/gpu/ws?clientId=c%201 Basic bWU6c2VjcmV0  "
            + """{"type":"feature_flags","data":{"supports_preview_metadata":true}}""",
            seen);
        Assert.Equal("c 1", socket.ClientId);
    }

    [Fact]
    public async Task Fragments_binary_frames_and_nonsense_all_arrive_as_messages()
    {
        await using var server = await SocketServer.StartAsync(async (socket, _) =>
        {
            await socket.SendAsync(Status.AsMemory(0, 9), WebSocketMessageType.Text, false, default);
            await socket.SendAsync(Status.AsMemory(9), WebSocketMessageType.Text, true, default);
            await socket.SendAsync("what?"u8.ToArray(), WebSocketMessageType.Text, true, default);
            await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Binary, true, default);
            byte[] text = [0, 0, 0, 3, 0, 0, 0, 1, .. "7!"u8];
            await socket.SendAsync(text, WebSocketMessageType.Binary, true, default);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        });

        await using var socket = await server.Connector().ConnectAsync("c", CancellationToken.None);
        var messages = await ReadAsync(socket);

        Assert.Equal(
            ["Status", "Unknown", "Unknown", "NodeText"], messages.Select(message => message.GetType().Name));
        Assert.Equal(new ComfyMessage.NodeText("7", "!"), messages[3]);
    }

    [Fact]
    public async Task A_server_is_never_held_up_by_a_listener_that_does_not_read()
    {
        const int Frames = 1000;
        var allSent = new TaskCompletionSource();
        await using var server = await SocketServer.StartAsync(async (socket, _) =>
        {
            for (var i = 0; i < Frames; i++)
            {
                var frame = Encoding.UTF8.GetBytes(
                    $$"""{"type":"progress","pad":"{{new string(' ', 20_000)}}","data":{"value":{{i}},"max":1} }""");
                await socket.SendAsync(frame, WebSocketMessageType.Text, true, CancellationToken.None);
                await socket.SendAsync(new byte[20_000], WebSocketMessageType.Binary, true, CancellationToken.None);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            await SocketServer.ReceiveAsync(socket); // the introduction
            await SocketServer.ReceiveAsync(socket); // the farewell: everything before it was read
            allSent.SetResult();
        });

        await using var socket = await server.Connector(new ComfySocketOptions { BufferedMessages = 100 })
            .ConnectAsync("c", CancellationToken.None);
        await allSent.Task;
        var messages = await ReadAsync(socket);

        Assert.Equal(100, messages.Count);
        Assert.Equal(Frames - 1, messages.OfType<ComfyMessage.Progress>().Last().Value);
        Assert.Equal((2 * Frames) - 100, socket.Dropped);
    }

    [Fact]
    public async Task Closing_is_a_handshake_that_ends_the_listening()
    {
        var closed = new TaskCompletionSource<WebSocketCloseStatus?>();
        await using var server = await SocketServer.StartAsync(async (socket, _) =>
        {
            await SocketServer.ReceiveAsync(socket);
            await SocketServer.ReceiveAsync(socket);
            closed.SetResult(socket.CloseStatus);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });

        await using var socket = await server.Connector().ConnectAsync("c", CancellationToken.None);
        var listening = ReadAsync(socket);
        await socket.CloseAsync(CancellationToken.None);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed.Task);
        Assert.Empty(await listening);
    }

    [Fact]
    public async Task A_server_deaf_to_the_farewell_is_left_after_a_while()
    {
        var time = new ManualTime();
        var leave = new TaskCompletionSource();
        await using var server = await SocketServer.StartAsync((_, _) => leave.Task);

        await using var socket = await server.Connector(time: time).ConnectAsync("c", CancellationToken.None);
        var listening = ReadAsync(socket);
        var closing = socket.CloseAsync(CancellationToken.None);
        await time.TimerWithinAsync(TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(2));

        await closing;
        Assert.Empty(await listening);
        leave.SetResult();
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_fault()
    {
        await using var server = await SocketServer.StartAsync(async (socket, context) =>
        {
            await SocketServer.ReceiveAsync(socket);
            context.Abort();
        });

        await using var socket = await server.Connector().ConnectAsync("c", CancellationToken.None);
        var e = await Assert.ThrowsAsync<ComfyException>(() => ReadAsync(socket));

        Assert.Equal((ComfyCause.ConnectionLost, Blame.Network), (e.Fault.Cause, e.Fault.Blame));
    }

    [Fact]
    public async Task A_connection_on_which_pings_are_not_answered_is_a_fault()
    {
        var leave = new TaskCompletionSource();
        await using var server = await SocketServer.StartAsync((_, _) => leave.Task); // answers only while it reads
        var options = new ComfySocketOptions
        {
            PingInterval = TimeSpan.FromMilliseconds(20),
            PingTimeout = TimeSpan.FromMilliseconds(100),
        };

        await using var socket = await server.Connector(options).ConnectAsync("c", CancellationToken.None);
        var e = await Assert.ThrowsAsync<ComfyException>(() => ReadAsync(socket));

        Assert.Equal(Blame.Network, e.Fault.Blame);
        leave.SetResult();
    }

    [Fact]
    public async Task Nobody_there_is_a_refused_connection()
    {
        await using var server = await SocketServer.StartAsync((_, _) => Task.CompletedTask);

        var e = await Assert.ThrowsAsync<ComfyException>(
            () => server.Connector(url: RawServer.Nobody()).ConnectAsync("c", CancellationToken.None));

        Assert.Equal((ComfyCause.ConnectionRefused, Blame.Network), (e.Fault.Cause, e.Fault.Blame));
    }

    [Theory]
    [InlineData(403, ComfyCause.AccessDenied)]
    [InlineData(404, ComfyCause.UnexpectedStatus)]
    [InlineData(502, ComfyCause.ServerError)]
    public async Task A_refused_handshake_keeps_its_status(int status, ComfyCause cause)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var e = await Assert.ThrowsAsync<ComfyException>(
            () => server.Connector().ConnectAsync("c", CancellationToken.None));

        Assert.Equal((cause, status), (e.Fault.Cause, (int)e.Fault.HttpStatus!));
    }

    [Fact]
    public async Task A_stopped_process_accepts_and_says_nothing()
    {
        var time = new ManualTime();
        var leave = new TaskCompletionSource();
        await using var server = await LocalServer.StartAsync(_ => leave.Task);

        var connecting = Assert.ThrowsAsync<ComfyException>(
            () => server.Connector(time: time).ConnectAsync("c", CancellationToken.None));
        await time.TimerWithinAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ComfyCause.NoAnswer, (await connecting).Fault.Cause);
        leave.SetResult();
    }

    [Fact]
    public async Task Listening_stops_when_it_is_cancelled_and_goes_on_with_the_next()
    {
        using var giveUp = new CancellationTokenSource();
        var goOn = new TaskCompletionSource();
        await using var server = await SocketServer.StartAsync(async (socket, _) =>
        {
            await goOn.Task;
            await socket.SendAsync(Status, WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });

        await using var socket = await server.Connector().ConnectAsync("c", CancellationToken.None);
        var first = ReadAsync(socket, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        goOn.SetResult();

        Assert.Single(await ReadAsync(socket));
    }

    private static async Task<List<ComfyMessage>> ReadAsync(IComfySocket socket, CancellationToken ct = default)
    {
        var messages = new List<ComfyMessage>();
        await foreach (var message in socket.ReadAllAsync(ct))
        {
            messages.Add(message);
        }

        return messages;
    }

    /// <summary>A server that takes sockets.</summary>
    private static class SocketServer
    {
        public static Task<LocalServer> StartAsync(Func<WebSocket, HttpContext, Task> serve) =>
            LocalServer.StartAsync(async context =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await serve(socket, context);
            });

        public static async Task<string> ReceiveAsync(WebSocket socket)
        {
            var frame = new byte[4096];
            var got = await socket.ReceiveAsync(frame, CancellationToken.None);
            return Encoding.UTF8.GetString(frame, 0, got.Count);
        }
    }
}
