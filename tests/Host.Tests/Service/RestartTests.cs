using System.Net;

namespace AkkaComfy.Host.Tests.Service;

public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("akkacomfy-restart-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_result_is_still_there_after_a_restart()
    {
        string job;
        await using (var first = await StartAsync())
        {
            job = await first.AcceptAsync();
            await first.EndOfAsync(job);
        }

        await using var second = await StartAsync();
        using var result = await second.Http.GetAsync($"/api/jobs/{job}/outputs/0");

        Assert.Equal(HttpStatusCode.OK, result.StatusCode);
        Assert.NotEmpty(await result.Content.ReadAsByteArrayAsync());
    }

    private Task<RunningService> StartAsync() =>
        RunningService.StartAsync(variables: ("DATA_DIRECTORY", _data.FullName));
}
