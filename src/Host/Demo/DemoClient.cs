using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AkkaComfy.Host.Demo;

/// <summary>Uses the service as any client would: over HTTP.</summary>
internal sealed class DemoClient(HttpClient http, string outputDirectory, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <returns>Every workflow that one image is enough for, with the field that takes it.</returns>
    public async Task<IReadOnlyList<(string Workflow, string Field)>> WorkflowsAsync(
        CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync("/api/workflows", cancellationToken);
        using var body = await ReadAsync(answer, cancellationToken);
        var usable = new List<(string, string)>();
        foreach (var workflow in body.RootElement.GetProperty("workflows").EnumerateArray())
        {
            var required = workflow.GetProperty("inputs").EnumerateObject()
                .Where(input => input.Value.GetProperty("required").GetBoolean()).ToList();
            if (required is [{ Name: var field, Value: var input }] && input.GetProperty("type").GetString() == "image")
            {
                usable.Add((workflow.GetProperty("name").GetString()!, field));
            }
        }

        return usable;
    }

    /// <summary>Sends the image, follows the job and saves its result.</summary>
    /// <param name="changed">Hears of every step.</param>
    public async Task RunAsync(DemoJob job, Action<DemoJob> changed, CancellationToken cancellationToken)
    {
        try
        {
            var id = await SubmitAsync(job, cancellationToken);
            using var looks = new PeriodicTimer(LookEvery, time);
            while (await FollowAsync(id, job, cancellationToken))
            {
                changed(job);
                await looks.WaitForNextTickAsync(cancellationToken);
            }

            await SaveAsync(id, job, cancellationToken);
        }
        catch (DemoException refused)
        {
            job.Status = "failed";
            job.Error = refused.Message;
        }

        changed(job);
    }

    private async Task<string> SubmitAsync(DemoJob job, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        using var image = new StreamContent(File.OpenRead(job.ImagePath));
        image.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(image, job.Field, Path.GetFileName(job.ImagePath));
        using var answer = await http.PostAsync($"/api/async/{job.Workflow}", form, cancellationToken);
        using var body = await ReadAsync(answer, cancellationToken);
        return body.RootElement.GetProperty("job_id").GetString()!;
    }

    /// <returns>False once the job has ended.</returns>
    private async Task<bool> FollowAsync(string id, DemoJob job, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync($"/api/jobs/{id}/status", cancellationToken);
        using var body = await ReadAsync(answer, cancellationToken);
        var status = body.RootElement;
        job.Status = status.GetProperty("status").GetString()!;
        job.Percentage = status.GetProperty("progress_percentage").GetInt32();
        job.Instance = status.GetProperty("comfyui_instance").GetString();
        job.Seconds = status.GetProperty("processing_time_seconds") is { ValueKind: JsonValueKind.Number } seconds
            ? seconds.GetDouble()
            : null;
        return job.Status is "pending" or "processing";
    }

    private async Task SaveAsync(string id, DemoJob job, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(
            $"/api/jobs/{id}/result?format=binary", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            using var problem = await ReadAsync(answer, cancellationToken);
            throw new DemoException($"The service answered {(int)answer.StatusCode} instead of the result.");
        }

        var ending = answer.Content.Headers.ContentType?.MediaType?.Split('/') is [_, var subtype] ? subtype : "bin";
        var file = Path.Combine(outputDirectory, $"{job.Stem}.{job.Workflow}.{ending}");
        await using (var output = File.Create(file))
        {
            await answer.Content.CopyToAsync(output, cancellationToken);
            job.ResultSize = output.Length;
        }

        job.ResultFile = file;
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var body = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return body;
        }

        using (body)
        {
            throw new DemoException(body.RootElement.GetProperty("error").GetString()!);
        }
    }
}
