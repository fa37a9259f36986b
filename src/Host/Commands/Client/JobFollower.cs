using System.Globalization;
using System.Text.Json;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>Follows a job by its events; when they break off, by asking until they flow again.</summary>
/// <param name="patience">How long the service may be out of reach: jobs outlive its restarts.</param>
internal sealed class JobFollower(ServiceClient client, Patience patience, TimeProvider time)
{
    private const int PollSeconds = 2;

    /// <returns>What is known of the job at its end.</returns>
    /// <param name="told">Hears all that is new.</param>
    public async Task<JobNews> FollowAsync(string job, Action<JobNews> told, CancellationToken cancellationToken)
    {
        var outage = patience.Of(time);
        string? last = null;
        while (true)
        {
            try
            {
                await foreach (var item in client.ListenAsync($"api/jobs/{job}/events", last, cancellationToken))
                {
                    outage = patience.Of(time);
                    last = item.EventId ?? last;
                    if (NewsIn(item.Data) is { } news)
                    {
                        told(news);
                    }
                }
            }
            catch (CommandException broken) when (broken is OutOfReachException or RefusedException)
            {
                // Asking tells whether that is for good.
            }

            if (await AskAsync(job, outage, cancellationToken) is { } now)
            {
                outage = patience.Of(time);
                told(now);
                if (now.HasEnded)
                {
                    return now;
                }
            }
        }
    }

    /// <returns>Null while the service is away.</returns>
    private async Task<JobNews?> AskAsync(string job, Outage outage, CancellationToken cancellationToken)
    {
        try
        {
            var wait = PollSeconds.ToString(CultureInfo.InvariantCulture);
            return JobNews.Of(await client.GetAsync($"api/jobs/{job}/status?wait={wait}", cancellationToken));
        }
        catch (OutOfReachException gone)
        {
            await outage.WaitAsync(null, gone, cancellationToken);
            return null;
        }
        catch (RefusedException busy) when (busy.IsPassing)
        {
            await outage.WaitAsync(busy.RetryAfter, busy, cancellationToken);
            return null;
        }
    }

    private static JobNews? NewsIn(string data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return JobNews.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
