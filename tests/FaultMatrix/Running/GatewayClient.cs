using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AkkaComfy.FaultMatrix.Running;

/// <summary>A well-behaved client: submits again when told to come back later, and follows its jobs to their end.</summary>
internal sealed class GatewayClient(Uri address) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    private int _refusals;

    /// <summary>Submissions that were refused with the advice to come back.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>Submits async and follows the job.</summary>
    public async Task<JobEnd> RunAsync(int salt, CancellationToken ct) =>
        await EndOfAsync(JobId(await SubmitAsync("/api/async/probe", salt, HttpStatusCode.Accepted, ct)), ct);

    /// <summary>Submits sync; what the answer leaves open is looked up by the job's id.</summary>
    public async Task<JobEnd> CallAsync(int salt, CancellationToken ct) =>
        await EndOfAsync(JobId(await SubmitAsync("/api/probe", salt, HttpStatusCode.OK, ct)), ct);

    public async Task<JobEnd> EndOfAsync(string jobId, CancellationToken ct)
    {
        for (var query = ""; ;)
        {
            var job = await GetAsync($"/api/jobs/{jobId}/status{query}", ct);
            var status = job.GetProperty("status").GetString()!;
            if (status is JobEnd.Completed or "failed" or "cancelled")
            {
                return new JobEnd(
                    jobId, status, job.GetProperty("error_code").GetString(), job.GetProperty("attempt").GetInt32(),
                    job.GetProperty("error").GetString());
            }

            query = $"?wait=30&since={job.GetProperty("version").GetInt32()}";
        }
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken ct)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), ct);
        return await JsonAsync(answer, ct);
    }

    public Task<byte[]> OutputAsync(string jobId, CancellationToken ct) =>
        _http.GetByteArrayAsync(new Uri($"/api/jobs/{jobId}/outputs/0", UriKind.Relative), ct);

    public async Task UntilHealthyAsync(CancellationToken ct)
    {
        using var again = new PeriodicTimer(LookAgain);
        while ((await GetAsync("/health", ct)).GetProperty("status").GetString() != "healthy")
        {
            await again.WaitForNextTickAsync(ct);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SubmitAsync(string route, int salt, HttpStatusCode expected, CancellationToken ct)
    {
        while (true)
        {
            using var form = new MultipartFormDataContent();
            form.Add(new StringContent(salt.ToString(CultureInfo.InvariantCulture)), "salt");
            using var answer = await _http.PostAsync(new Uri(route, UriKind.Relative), form, ct);
            var body = await JsonAsync(answer, ct);
            if (answer.StatusCode == expected || body.TryGetProperty("job_id", out _))
            {
                return body;
            }

            // Nothing was accepted: only an answer that says when to come back is a good one.
            var wait = answer.Headers.RetryAfter?.Delta;
            Assert.True(wait is not null, $"{(int)answer.StatusCode} without Retry-After: {body}");
            Interlocked.Increment(ref _refusals);
            using var pause = new PeriodicTimer(TimeSpan.FromSeconds(Math.Clamp(wait.Value.TotalSeconds, 0.1, 1)));
            await pause.WaitForNextTickAsync(ct);
        }
    }

    private static string JobId(JsonElement body) => body.GetProperty("job_id").GetString()!;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(ct));
        return body.RootElement.Clone();
    }
}
