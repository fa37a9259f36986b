using System.Net;
using AkkaComfy.EndToEnd.Crashes;

namespace AkkaComfy.EndToEnd;

/// <summary>What becomes of jobs when the service is asked to end.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task On_SIGTERM_running_jobs_end_and_the_queue_is_left_to_the_next_process()
    {
        await using var service = await MortalService.WithInstancesAsync(nodeMilliseconds: 2500);
        await service.StartAsync(("MAX_JOBS_PER_INSTANCE", "1"));
        await service.AnsweringAsync();
        foreach (var number in Enumerable.Range(1, 3))
        {
            Assert.Equal(HttpStatusCode.Accepted, (await SubmitAsync(service, number)).Status);
        }

        await service.CountedAsync(counts => (int)counts["processing"]! == 2);
        using var form = Paintings.Form(4);
        var sync = service.Http.PostAsync("/api/upscale-image", form);
        await service.CountedAsync(counts => (int)counts["pending"]! == 2);

        service.Terminate();
        await service.ClosingAsync();
        var late = await SubmitAsync(service, 5);
        using var leftBehind = await sync;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, leftBehind.StatusCode);
        var problem = await Fleet.JsonOf(leftBehind);
        Assert.Equal("shutting_down", (string)problem["code"]!);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), late);
        Assert.Equal(0, await service.ExitCodeAsync());
        Assert.Equal(["succeeded", "succeeded"], await OutcomesAsync(service));

        await service.StartAsync();
        await service.AnsweringAsync();
        Assert.Equal(4, (int)(await service.SettledAsync())["completed"]!);
        Assert.Equal(Enumerable.Repeat("succeeded", 4), await OutcomesAsync(service));
        var made = await service.Http.GetByteArrayAsync($"/api/jobs/{(string)problem["job_id"]!}/outputs/0");
        Assert.True(Paintings.IsUpscaled(made, 4));
    }

    [Fact]
    public async Task A_job_that_outlasts_the_grace_is_adopted_where_it_runs()
    {
        await using var service = await MortalService.WithInstancesAsync(nodeMilliseconds: 6000);
        await service.StartAsync(("SHUTDOWN_GRACE", "200"));
        await service.AnsweringAsync();
        await SubmitAsync(service, 1);
        await service.CountedAsync(counts => (int)counts["processing"]! == 1);
        while ((await OutcomesAsync(service)).Count == 0)
        {
            // Posted, but not begun.
        }

        service.Terminate();

        Assert.Equal(0, await service.ExitCodeAsync());
        Assert.Equal(["running"], await OutcomesAsync(service));
        await service.StartAsync();
        await service.AnsweringAsync();
        Assert.Equal(1, (int)(await service.SettledAsync())["completed"]!);
        Assert.Equal(["succeeded"], await OutcomesAsync(service));
    }

    private static async Task<(HttpStatusCode Status, bool TellsWhenToComeBack)> SubmitAsync(
        MortalService service, int number)
    {
        using var form = Paintings.Form(number);
        using var answer = await service.Http.PostAsync("/api/async/upscale-image", form);
        return (answer.StatusCode, answer.Headers.RetryAfter is not null);
    }

    private static async Task<List<string>> OutcomesAsync(MortalService service) =>
        [.. (await service.LedgerAsync()).Executions.Select(execution => execution.Outcome)];
}
