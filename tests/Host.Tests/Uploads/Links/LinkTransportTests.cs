using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using AkkaComfy.Host.Uploads.Links;

namespace AkkaComfy.Host.Tests.Uploads.Links;

/// <summary>Names that lead now here, now there.</summary>
public sealed class LinkTransportTests
{
    [Fact]
    public async Task A_name_is_asked_anew_for_each_connection_and_only_the_address_that_was_checked_is_connected_to()
    {
        await using var server = await PictureServer.StartAsync();
        var check = new NameServer(["127.0.0.1"], ["127.0.0.2"]);
        var address = new Uri(server.At("/closes", "pictures.example"));
        using var transport = new LinkTransport(check);

        using var first = await transport.GetAsync(address, CancellationToken.None);
        var second = await Assert.ThrowsAsync<HttpRequestException>(() => transport.GetAsync(address, CancellationToken.None));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.IsType<ForbiddenAddressException>(second.InnerException);
        Assert.Equal(2, check.Asked);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task One_forbidden_address_among_those_of_a_name_forbids_the_name()
    {
        await using var server = await PictureServer.StartAsync();
        using var transport = new LinkTransport(new NameServer(["127.0.0.1", "10.0.0.1"]));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => transport.GetAsync(new Uri(server.At("/cat.png", "pictures.example")), CancellationToken.None));

        Assert.IsType<ForbiddenAddressException>(refused.InnerException);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task Strangers_learn_nothing_of_our_traces_and_their_names_make_no_metrics()
    {
        const string Host = "unmeasured.example";
        var measured = new ConcurrentQueue<object?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Meter.Name == "System.Net.Http")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Note(tags));
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Note(tags));
        listener.Start();
        await using var server = await PictureServer.StartAsync();
        using var ours = new Activity("ours").Start();
        using var transport = new LinkTransport(new NameServer(["127.0.0.1"]));

        using var response = await transport.GetAsync(new Uri(server.At("/cat.png", Host)), CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(server.Secrets);
        Assert.DoesNotContain(Host, measured);

        void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                measured.Enqueue(tag.Value);
            }
        }
    }

    [Fact]
    public void Of_the_public_internet_this_machine_itself_is_left_out()
    {
        var check = new PublicOnly(() => [IPAddress.Parse("9.9.9.9"), IPAddress.Parse("2620:fe::9")]);

        Assert.Equal([false, true, false, true, false], ((string[])
            ["9.9.9.9", "9.9.9.10", "2620:fe::9", "2620:fe::10", "10.0.0.1"]).Select(it => check.Allows(IPAddress.Parse(it))));
        Assert.Contains(IPAddress.Loopback, PublicOnly.OfInterfaces());
    }

    /// <summary>Answers one thing after the other; of this machine's addresses, 127.0.0.1 passes for public.</summary>
    private sealed class NameServer(params string[][] answers) : IAddressCheck
    {
        public int Asked { get; private set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult(answers[Asked++].Select(IPAddress.Parse).ToArray());

        public bool Allows(IPAddress address) =>
            address.Equals(IPAddress.Loopback) || PublicAddresses.Contain(address);
    }
}
