using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class AnswerTests
{
    public static TheoryData<Exception, ComfyCause, Blame, bool> Transport { get; } = new()
    {
        { Socket(SocketError.ConnectionRefused), ComfyCause.ConnectionRefused, Blame.Network, true },
        { Socket(SocketError.HostUnreachable), ComfyCause.Unreachable, Blame.Network, true },
        { Socket(SocketError.ConnectionReset), ComfyCause.ConnectionLost, Blame.Network, true },
        { Http(HttpRequestError.ResponseEnded), ComfyCause.ConnectionLost, Blame.Network, true },
        { new IOException("x"), ComfyCause.ConnectionLost, Blame.Network, true },
        { Socket(SocketError.TimedOut), ComfyCause.NoAnswer, Blame.Network, true },
        { new TimeoutException("x"), ComfyCause.NoAnswer, Blame.Network, true },
        { new TaskCanceledException("connect timeout"), ComfyCause.NoAnswer, Blame.Network, true },
        { Http(HttpRequestError.NameResolutionError), ComfyCause.HostNotFound, Blame.Network, false },
        { Socket(SocketError.HostNotFound), ComfyCause.HostNotFound, Blame.Network, false },
        { Http(HttpRequestError.SecureConnectionError), ComfyCause.TlsFailed, Blame.Network, false },
        { new HttpRequestException("x", new AuthenticationException("y")), ComfyCause.TlsFailed, Blame.Network, false },
        { new InvalidOperationException("bug"), ComfyCause.Defect, Blame.Us, false },
    };

    [Theory]
    [MemberData(nameof(Transport))]
    public void What_happens_to_a_connection_has_a_cause(Exception e, ComfyCause cause, Blame blame, bool transient)
    {
        var fault = FaultClassifier.OfTransport(e, "testing", mayHaveHappened: true);

        Assert.Equal((cause, blame, transient), (fault.Cause, fault.Blame, fault.Transient));
        Assert.Equal(cause is ComfyCause.ConnectionLost or ComfyCause.NoAnswer, fault.OutcomeUnknown);
    }

    [Theory]
    [InlineData(401, ComfyCause.AccessDenied, false)]
    [InlineData(403, ComfyCause.AccessDenied, false)]
    [InlineData(404, ComfyCause.UnexpectedStatus, false)]
    [InlineData(408, ComfyCause.UnexpectedStatus, true)]
    [InlineData(429, ComfyCause.UnexpectedStatus, true)]
    [InlineData(500, ComfyCause.ServerError, true)]
    [InlineData(502, ComfyCause.ServerError, true)]
    [InlineData(504, ComfyCause.ServerError, true)]
    public void A_status_has_a_cause(int status, ComfyCause cause, bool transient)
    {
        var fault = FaultClassifier.OfStatus((HttpStatusCode)status, "some\r\nwords"u8.ToArray(), "testing", true);

        Assert.Equal((cause, Blame.Worker, transient), (fault.Cause, fault.Blame, fault.Transient));
        Assert.Equal(status >= 500, fault.OutcomeUnknown);
        Assert.Equal($"Status {status} while testing: some words", fault.Message);
    }

    [Fact]
    public async Task Plain_HTTP_where_TLS_is_expected_fails_as_TLS()
    {
        await using var server = await LocalServer.StartAsync(context => context.Response.WriteAsync("{}"));
        var client = server.Client(url: server.Url.Replace("http:", "https:", StringComparison.Ordinal));

        var e = await Assert.ThrowsAsync<ComfyException>(() => client.GetQueueAsync(CancellationToken.None));

        Assert.Equal((ComfyCause.TlsFailed, Blame.Network), (e.Fault.Cause, e.Fault.Blame));
    }

    [Fact]
    public async Task Base_path_and_credentials_go_with_every_request()
    {
        var seen = new List<string>();
        await using var server = await LocalServer.StartAsync(async context =>
        {
            seen.Add($"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization} "
                + $"{context.Request.Headers.Origin}");
            await context.Response.WriteAsync("{}");
        });
        var url = server.Url.Replace("http://", "http://me:secret@", StringComparison.Ordinal) + "/gpu/1";
        var client = server.Client(url: url);

        await client.GetHistoryAsync("a/b c", CancellationToken.None);
        await client.DeleteQueuedAsync("p", CancellationToken.None);

        Assert.Equal(["/gpu/1/history/a%2Fb%20c Basic bWU6c2VjcmV0 ", "/gpu/1/queue Basic bWU6c2VjcmV0 "], seen);
    }

    [Fact]
    public async Task An_answer_too_large_to_keep_is_refused_while_it_comes()
    {
        var stub = new StubHandler(_ => StubHandler.Json($"[{string.Join(',', Enumerable.Repeat("1", 10_000))}]"));

        var e = await Assert.ThrowsAsync<ComfyException>(() => stub
            .Client(new ComfyClientOptions { MaxKeptBytes = 5_000 }).GetObjectInfoAsync(CancellationToken.None));

        Assert.Equal((ComfyCause.AnswerTooLarge, Blame.Worker), (e.Fault.Cause, e.Fault.Blame));
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task An_answer_without_end_is_refused_though_nothing_of_it_is_kept()
    {
        await using var server = await LocalServer.StartAsync(async context =>
        {
            var image = Encoding.ASCII.GetBytes("\"" + new string('A', 100_000));
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(image);
                image[0] = (byte)'A';
            }
        });

        var e = await Assert.ThrowsAsync<ComfyException>(() => server
            .Client(new ComfyClientOptions { MaxAnswerBytes = 2_000_000 }).GetQueueAsync(CancellationToken.None));

        Assert.Equal(ComfyCause.AnswerTooLarge, e.Fault.Cause);
    }

    [Fact]
    public async Task A_status_counts_even_where_its_explanation_is_too_long()
    {
        var stub = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.NotFound)
        {
            Content = new ByteArrayContent(new byte[9_000]),
        });

        var e = await Assert.ThrowsAsync<ComfyException>(() => stub
            .Client(new ComfyClientOptions { MaxKeptBytes = 1_000 }).GetQueueAsync(CancellationToken.None));

        Assert.Equal((ComfyCause.UnexpectedStatus, HttpStatusCode.NotFound), (e.Fault.Cause, e.Fault.HttpStatus));
    }

    [Fact]
    public async Task What_is_said_to_the_server_is_what_it_expects()
    {
        var bodies = new List<string>();
        var stub = new StubHandler(async (request, ct) =>
        {
            bodies.Add($"{request.Method} {request.RequestUri!.PathAndQuery} "
                + (request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct)));
            return StubHandler.Json("{}");
        });
        var client = stub.Client();

        await client.DeleteQueuedAsync("q", CancellationToken.None);
        await client.DeleteHistoryAsync("h", CancellationToken.None);
        await client.InterruptAsync("i", CancellationToken.None);
        await client.InterruptAsync(null, CancellationToken.None);
        await client.FreeAsync(CancellationToken.None);
        await client.GetRecentHistoryAsync(64, CancellationToken.None);

        Assert.Equal(
            [
                """POST /queue {"delete":["q"]}""", """POST /history {"delete":["h"]}""",
                """POST /interrupt {"prompt_id":"i"}""", """POST /interrupt {}""",
                """POST /free {"unload_models":true,"free_memory":true}""", "GET /history?max_items=64 ",
            ],
            bodies);
    }

    private static HttpRequestException Socket(SocketError error) =>
        new("x", new IOException("y", new SocketException((int)error)));

    private static HttpRequestException Http(HttpRequestError error) => new(error, "x");
}
