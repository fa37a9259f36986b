using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace AkkaComfy.EndToEnd.Crashes;

/// <summary>Clients that go on submitting, each picture once, whatever becomes of the service.</summary>
internal sealed class CrashLoad(HttpClient http)
{
    /// <summary>So many submissions and unfinished jobs at once: a queue for the instances, and answers to lose.</summary>
    private const int Clients = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, int> _accepted = [];
    private int _number;
    private int _lostAnswers;
    private int _unknown;

    /// <summary>The number of the picture by the job that was promised for it.</summary>
    public IReadOnlyDictionary<string, int> Accepted => _accepted;

    /// <summary>How many submissions had no answer.</summary>
    public int LostAnswers => _lostAnswers;

    /// <summary>How many of these nobody can ask for again: there may be a job of each, or not.</summary>
    public int Unknown => _unknown;

    /// <returns>Completed once all have been told to stop and every job promised to them has ended.</returns>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => BeClientAsync(stop)));

    private async Task BeClientAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await SubmitAsync() is { } job)
            {
                await FollowAsync(job);
            }
        }
    }

    /// <summary>Every second submission has a key, and is sent until there is an answer.</summary>
    /// <returns>Null when the answer was lost for good.</returns>
    private async Task<string?> SubmitAsync()
    {
        var number = Interlocked.Increment(ref _number);
        var key = number % 2 == 0 ? $"painting {number}" : null;
        while (true)
        {
            try
            {
                using var request = Submission(number, key);
                using var answer = await http.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK, body);
                var job = (string)JsonNode.Parse(body)!["job_id"]!;
                Assert.True(_accepted.TryAdd(job, number), $"job {job} was promised twice");
                return job;
            }
            catch (Exception lost) when (IsLost(lost))
            {
                if (NotListening(lost))
                {
                    await Task.Delay(Pause, TimeProvider.System);
                    continue;
                }

                Interlocked.Increment(ref _lostAnswers);
                if (key is null)
                {
                    Interlocked.Increment(ref _unknown);
                    return null;
                }
            }
        }
    }

    /// <summary>Until the job has ended; a job that was promised is known at every moment.</summary>
    private async Task FollowAsync(string job)
    {
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"/api/jobs/{job}/status", UriKind.Relative));
                var body = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.IsSuccessStatusCode, body);
                if ((string)JsonNode.Parse(body)!["status"]! is "completed" or "failed" or "cancelled")
                {
                    return;
                }
            }
            catch (Exception lost) when (IsLost(lost))
            {
                // Killed: the next one is asked.
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private static HttpRequestMessage Submission(int number, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/async/upscale-image")
        {
            Content = Paintings.Form(number),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    private static bool IsLost(Exception failure) => failure is HttpRequestException or IOException;

    private static bool NotListening(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
}
