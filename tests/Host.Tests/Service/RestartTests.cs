using System.Net;
using System.Text;

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

    [Fact]
    public async Task A_graph_of_the_client_s_own_that_waits_runs_after_a_restart()
    {
        const string Body = """
            {"prompt": {"1": {"class_type": "EmptyImage", "inputs": {"width": 8, "height": 8, "batch_size": 1, "color": 0}},
                        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "x"}}}}
            """;
        string job;
        await using (var first = await StartAsync())
        {
            var instance = (await first.GetAsync("/api/instances")).GetProperty("instances")[0].GetProperty("id");
            using var drained = await first.Http.PostAsync($"/api/instances/{instance.GetString()}/drain", null);
            using var accepted = await first.Http.PostAsync(
                "/api/prompts", new StringContent(Body, Encoding.UTF8, "application/json"));
            job = (await RunningService.JsonAsync(accepted)).GetProperty("job_id").GetString()!;
            Assert.Equal("pending", (await first.GetAsync($"/api/jobs/{job}")).GetProperty("status").GetString());
        }

        await using var second = await StartAsync();

        Assert.Equal("completed", (await second.EndOfAsync(job)).GetProperty("status").GetString());
    }

    private Task<RunningService> StartAsync() =>
        RunningService.StartAsync(variables: ("DATA_DIRECTORY", _data.FullName));
}
