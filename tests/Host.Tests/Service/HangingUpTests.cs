using System.Net;

namespace AkkaComfy.Host.Tests.Service;

public sealed class HangingUpTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task A_client_who_hangs_up_while_uploading_leaves_nothing_behind()
    {
        var service = fixture.Service;
        var half = RepositoryFiles.Sample("coffee.png")[..100_000];
        using var form = new MultipartFormDataContent { { new Interrupted(half, IsArriving), "imageFile", "coffee.png" } };

        await Assert.ThrowsAsync<HttpRequestException>(() => service.Http.PostAsync("/api/remove-background", form));

        await service.UntilAsync("/health/live", _ => service.StoredFiles == 0);

        async Task IsArriving() => await service.UntilAsync("/health/live", _ => service.StoredFiles == 1);
    }

    /// <summary>Sends some bytes, waits until they have arrived, and breaks off.</summary>
    private sealed class Interrupted(byte[] bytes, Func<Task> arrived) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
            await arrived();
            throw new IOException("The client hangs up.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 2 * bytes.Length;
            return true;
        }
    }
}
