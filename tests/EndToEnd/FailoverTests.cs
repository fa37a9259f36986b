namespace AkkaComfy.EndToEnd;

/// <summary>One of two instances dies while both are busy.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task Killing_one_of_two_instances_during_twenty_jobs_loses_none()
    {
        await using var fleet = await Fleet.StartAsync(nodeMilliseconds: 150);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(number => fleet.AcceptAsync("remove-background", Photos.Numbered(number))));
        var dying = await RunningAsync(fleet, fleet.Hosts[0]);

        fleet.Emulators[0].Kill();
        var ends = await Task.WhenAll(ids.Select(fleet.EndOfAsync));

        Assert.All(ends, end => Assert.True((string)end["status"]! == "completed", $"{end}\n{fleet.Service.Output}"));
        var retried = ends.Where(end => (int)end["attempt"]! == 2).ToList();
        Assert.All(retried, end => Assert.Equal(fleet.Hosts[1], (string)end["comfyui_instance"]!));
        Assert.All(ends.Except(retried), end => Assert.Equal(1, (int)end["attempt"]!));
        // One of the two may have ended between the look and the kill; the other cannot have.
        Assert.Contains(retried, end => dying.Contains((string)end["job_id"]!));
        Assert.Equal("degraded", (string)(await fleet.GetAsync("/health"))["status"]!);

        async Task<List<string>> RunningAsync(Fleet of, string host)
        {
            while (true)
            {
                var all = await Task.WhenAll(ids.Select(id => of.GetAsync($"/api/jobs/{id}/status")));
                var running = all.Where(job => (string?)job["comfyui_instance"] == host
                    && (string)job["status"]! == "processing").Select(job => (string)job["job_id"]!).ToList();
                if (running.Count == 2 && all.Count(job => (string)job["status"]! == "completed") < 10)
                {
                    return running;
                }
            }
        }
    }
}
