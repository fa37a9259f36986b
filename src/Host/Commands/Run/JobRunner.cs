using AkkaComfy.Host.Commands.Client;

namespace AkkaComfy.Host.Commands.Run;

/// <summary>Takes a job all the way: sends it, follows it, saves what it made; interrupted, cancels it.</summary>
internal sealed class JobRunner(
    ServiceClient client, OutputFiles outputs, Patience patience, Interruption interruption, TimeProvider time)
{
    private readonly JobFollower _follower = new(client, patience, time);

    /// <summary>Whatever becomes of the job, the item says it: nothing is thrown for a job that fails.</summary>
    /// <param name="changed">Hears of every step.</param>
    public async Task RunAsync(RunItem item, Action<RunItem> changed)
    {
        try
        {
            interruption.Asked.ThrowIfCancellationRequested();
            await SubmitAsync(item, changed);
            var end = await _follower.FollowAsync(item.JobId!, news => Tell(item, news, changed), interruption.Asked);
            if (end.Status is "completed")
            {
                await SaveAsync(item);
            }

            item.Ends(end);
        }
        catch (CommandException failed)
        {
            item.Fails(failed);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            item.Fails(new CommandException(ExitCodes.Failure, "file", unreadable.Message, unreadable));
        }
        catch (OperationCanceledException)
        {
            item.IsCancelled(await CancelAsync(item));
        }

        changed(item);
    }

    private async Task SubmitAsync(RunItem item, Action<RunItem> changed)
    {
        var outage = patience.Of(time);
        while (item.JobId is null)
        {
            try
            {
                using var form = FormOf(item, changed);
                // Interrupted, the answer is still waited for: it names the job that is to be cancelled.
                var accepted = await client.SubmitAsync(item.Workflow, form, item.Key, interruption.Over);
                item.JobId = accepted.Text("job_id")
                    ?? throw new CommandException(ExitCodes.Failure, "not_akkacomfy", "The answer names no job.");
                Tell(item, JobNews.Of(accepted), changed);
            }
            catch (CommandException busy) when (busy is OutOfReachException or RefusedException { IsPassing: true })
            {
                item.Waits(busy);
                changed(item);
                await outage.WaitAsync((busy as RefusedException)?.RetryAfter, busy, interruption.Asked);
            }
        }

        interruption.Asked.ThrowIfCancellationRequested();
    }

    private static HttpContent FormOf(RunItem item, Action<RunItem> changed)
    {
        if (item.Images.Count == 0)
        {
            return new FormUrlEncodedContent(
                item.Values.Select(given => KeyValuePair.Create(given.Field, given.Value)));
        }

        var form = new MultipartFormDataContent();
        foreach (var (field, value) in item.Values)
        {
            form.Add(new StringContent(value), field);
        }

        foreach (var (field, path) in item.Images)
        {
            var image = new ProgressContent(path, share =>
            {
                item.Sent(share);
                changed(item);
            });
            form.Add(image, field, Path.GetFileName(path));
        }

        return form;
    }

    private async Task SaveAsync(RunItem item)
    {
        var info = await client.GetAsync($"api/jobs/{item.JobId}/info", interruption.Asked);
        var made = info.Items("outputs").ToList();
        for (var i = 0; i < made.Count; i++)
        {
            var url = made[i].Text("url")
                ?? throw new CommandException(ExitCodes.Failure, "not_akkacomfy", "An output has no address.");
            var mediaType = made[i].Text("media_type") ?? "application/octet-stream";
            var file = await outputs.SaveAsync(
                item.Stem, item.Workflow, (i + 1, made.Count), made[i].Text("filename") ?? "", mediaType,
                into => client.DownloadAsync(url, into, interruption.Asked));
            item.Outputs.Add(new SavedOutput(file, mediaType, new FileInfo(file).Length));
        }
    }

    /// <returns>What became of that.</returns>
    private async Task<CommandException> CancelAsync(RunItem item)
    {
        var asked = new CommandException(ExitCodes.Interrupted, "interrupted", "interrupted from the keyboard");
        if (item.JobId is null)
        {
            return asked;
        }

        try
        {
            await client.PostAsync($"api/jobs/{item.JobId}/cancel", interruption.Over);
            return asked;
        }
        catch (Exception failed) when (failed is CommandException or OperationCanceledException)
        {
            return new CommandException(
                ExitCodes.Interrupted, "not_cancelled",
                $"interrupted, but job {item.JobId} goes on: {failed.Message}", failed);
        }
    }

    private static void Tell(RunItem item, JobNews news, Action<RunItem> changed)
    {
        item.Hears(news);
        changed(item);
    }
}
