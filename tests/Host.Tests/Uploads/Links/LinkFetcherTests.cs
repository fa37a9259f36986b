using System.Net;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Uploads;
using AkkaComfy.Host.Uploads.Links;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Tests.Uploads.Links;

/// <summary>Many requests at one time.</summary>
public sealed class LinkFetcherTests : IDisposable
{
    private const int AtOnce = 16;

    private static readonly LinkTimes Times =
        new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("akkacomfy-links-");

    public void Dispose() => _files.Delete(recursive: true);

    [Fact]
    public async Task Who_gets_no_turn_in_time_is_told_to_come_again_and_no_server_is_blamed()
    {
        await using var server = await PictureServer.StartAsync();
        using var transport = new LinkTransport(new AnyAddress());
        using var fetcher = new LinkFetcher(new LinkRules(true, null), transport, Times, TimeProvider.System);
        using var hungUp = new CancellationTokenSource();
        var others = Enumerable.Range(0, AtOnce)
            .Select(_ => FetchAsync(fetcher, server.At("/stalls"), hungUp.Token)).ToList();

        var refused = await Assert.ThrowsAsync<UploadRefusedException>(
            () => FetchAsync(fetcher, server.At("/cat.png"), CancellationToken.None));

        Assert.Equal((503, "busy", Times.Turn), (refused.Problem.Status, refused.Problem.Code, refused.Problem.RetryAfter));
        Assert.DoesNotContain("/cat.png", server.Asked);
        await hungUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(others));
        Assert.Empty(await FetchAsync(fetcher, server.At("/cat.png"), CancellationToken.None));
    }

    private async Task<IEnumerable<string>> FetchAsync(LinkFetcher fetcher, string address, CancellationToken hungUp)
    {
        await using var upload = new Upload();
        upload.Link("it", address);
        await fetcher.FetchAsync(upload, new UploadTools(new FileBlobStore(_files.FullName), new UploadLimits()), hungUp);
        return [.. upload.Errors.Select(error => error.Value)];
    }

    private sealed class AnyAddress : IAddressCheck
    {
        public bool Allows(IPAddress address) => true;
    }
}
