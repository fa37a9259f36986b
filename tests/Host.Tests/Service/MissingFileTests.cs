using System.Net;
using System.Security.Cryptography;

namespace AkkaComfy.Host.Tests.Service;

public sealed class MissingFileTests
{
    [Fact]
    public async Task A_job_whose_stored_image_is_gone_fails_at_once_and_says_so_without_naming_a_path()
    {
        await using var service = await RunningService.StartAsync(WaitingTests.Long, ("MAX_CONCURRENT_JOBS", "1"));
        var running = await service.AcceptAsync();
        await service.UntilActiveAsync(1);
        using var submitted = await service.SubmitAsync("/api/async/remove-background", sample: "coffee.png");
        var waiting = (await RunningService.JsonAsync(submitted)).GetProperty("job_id").GetString()!;

        var file = Convert.ToHexStringLower(SHA256.HashData(RepositoryFiles.Sample("coffee.png")));
        service.DeleteStoredFile(file);
        using var cancel = await service.Http.PostAsync($"/api/jobs/{running}/cancel", null);
        var end = await service.EndOfAsync(waiting);

        using var result = await service.Http.GetAsync($"/api/jobs/{waiting}/result");
        var problem = await RunningService.JsonAsync(result);
        Assert.Equal("failed", end.GetProperty("status").GetString());
        Assert.Equal(1, end.GetProperty("attempt").GetInt32());
        Assert.Equal(HttpStatusCode.InternalServerError, result.StatusCode);
        Assert.Equal("input_unreadable", problem.GetProperty("code").GetString());
        Assert.Contains(file, problem.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(service.DataDirectory, problem.GetRawText(), StringComparison.Ordinal);
        await service.AcceptAsync();
        await service.UntilActiveAsync(1);
    }
}
