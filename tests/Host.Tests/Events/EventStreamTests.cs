using System.Threading.Channels;
using AkkaComfy.Actors.Events;
using AkkaComfy.Core.Events;
using AkkaComfy.Host.Endpoints.Events;
using AkkaComfy.Host.Events;
using AkkaComfy.Host.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Host.Tests.Events;

public sealed class EventStreamTests
{
    [Fact]
    public async Task A_client_that_is_gone_before_its_stream_begins_listens_no_longer()
    {
        using var left = new CancellationTokenSource();
        var until = left.Token;
        var stream = new EventStream(
            Subscription(left), _ => throw new NotSupportedException(), TimeProvider.System, CancellationToken.None);

        await stream.ExecuteAsync(new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) });

        Assert.True(until.IsCancellationRequested);
    }

    [Fact]
    public void A_subscription_can_be_given_up_twice()
    {
        var subscription = Subscription(new CancellationTokenSource());

        subscription.Dispose();
        subscription.Dispose();
    }

    [Fact]
    public async Task The_answer_that_a_client_left_in_the_middle_of_keeps_its_status()
    {
        var failures = new Failures(_ => throw new OperationCanceledException(), NullLogger<Failures>.Instance);
        var gone = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        gone.Features.Set<IHttpResponseFeature>(new Begun());

        await failures.InvokeAsync(gone);

        Assert.Equal(StatusCodes.Status200OK, gone.Response.StatusCode);
    }

    private static EventSubscription Subscription(CancellationTokenSource left) => new(
        new Listening.Joined(
            Channel.CreateUnbounded<Backlog>().Reader, new StreamPosition("0a1b2c3d", 0), null, CancellationToken.None),
        left, () => { });

    private sealed class Begun : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
