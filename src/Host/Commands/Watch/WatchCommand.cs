using System.CommandLine;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Run;

namespace AkkaComfy.Host.Commands.Watch;

/// <summary>Shows the fleet and its jobs, or one job, for as long as somebody looks.</summary>
internal sealed class WatchCommand : ServiceCommand
{
    /// <summary>A service that restarts is back by then.</summary>
    private static readonly Patience Patience = new(TimeSpan.FromMinutes(2));

    private readonly Argument<string?> _job = new("job-id")
    {
        Arity = ArgumentArity.ZeroOrOne, Description = "Only this job, until it ends",
    };

    public WatchCommand(ServiceOptions service)
        : base(service, "watch", "Watch the fleet and its jobs: live on a terminal, a line for each event elsewhere") =>
        Add(_job);

    protected override async Task<int> RunAsync(ParseResult parsed, Conversation with)
    {
        try
        {
            return await WatchAsync(parsed.GetValue(_job), with);
        }
        catch (OperationCanceledException) when (with.Asked.IsCancellationRequested)
        {
            // That is how one stops watching.
            return ExitCodes.Success;
        }
    }

    private static async Task<int> WatchAsync(string? job, Conversation with)
    {
        if (with.Screen.IsLive && !with.Screen.IsJson)
        {
            if (job is not null)
            {
                return await WatchJobAsync(job, with);
            }

            await new FleetView(with, Patience, TimeProvider.System).ShowAsync();
            return ExitCodes.Success;
        }

        var path = job is null ? "api/events" : $"api/jobs/{ServiceClient.Escaped(job)}/events";
        return await new EventLog(with, Patience, TimeProvider.System).WriteAsync(path, isOfOneJob: job is not null);
    }

    private static async Task<int> WatchJobAsync(string job, Conversation with)
    {
        var status = await with.Client.GetAsync($"api/jobs/{ServiceClient.Escaped(job)}/status", with.Asked);
        var item = new RunItem(job, status.Text("type") ?? "", "");
        var follower = new JobFollower(with.Client, Patience, TimeProvider.System);
        await new RunScreen(with.Screen).FollowAsync([item], 1, async (_, changed) =>
        {
            item.Ends(await follower.FollowAsync(job, news => changed(item.Hears(news)), with.Asked));
            changed(item);
        });
        return item.Succeeded ? ExitCodes.Success : ExitCodes.Failure;
    }
}
