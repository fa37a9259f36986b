using System.Net;
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
        JobNews? end = null;
        try
        {
            interruption.Asked.ThrowIfCancellationRequested();
            await SubmitAsync(item, changed);
            end = await _follower.FollowAsync(item.JobId!, news => Tell(item, news, changed), interruption.Asked);
            if (end.Status is "completed")
            {
                await SaveAsync(item, changed);
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
            item.IsCancelled(end is null ? await CancelAsync(item) : Unsaved(item));
        }

        changed(item);
    }

    private async Task SubmitAsync(RunItem item, Action<RunItem> changed)
    {
        var accepted = await InsistAsync(item, changed, async () =>
        {
            using var form = FormOf(item, changed);
            // Interrupted, the answer is still waited for: it names the job that is to be cancelled.
            return await client.SubmitAsync(item.Workflow, form, item.Key, interruption.Over);
        });
        item.JobId = accepted.Text("job_id") ?? throw CommandException.NoService("its answer names no job");
        Tell(item, JobNews.Of(accepted), changed);
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

    private Task<T> InsistAsync<T>(RunItem item, Action<RunItem> changed, Func<Task<T>> ask) => patience.InsistAsync(
        ask,
        busy =>
        {
            item.Waits(busy);
            changed(item);
        },
        time, interruption.Asked);

    private async Task SaveAsync(RunItem item, Action<RunItem> changed)
    {
        var info = await InsistAsync(item, changed, () =>
            client.GetAsync($"api/jobs/{item.JobId}/info", interruption.Asked));
        var made = info.Items("outputs").ToList();
        for (var i = 0; i < made.Count; i++)
        {
            var number = i + 1;
            var url = made[i].Text("url") ?? throw CommandException.NoService("an output has no address");
            var name = made[i].Text("filename") ?? "";
            var mediaType = made[i].Text("media_type") ?? "application/octet-stream";
            // Broken off, a file is begun anew.
            var file = await InsistAsync(item, changed, () => outputs.SaveAsync(
                item.Stem, item.Workflow, (number, made.Count), name, mediaType,
                into => client.DownloadAsync(url, into, interruption.Asked)));
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
        catch (RefusedException ended) when (ended.Status == HttpStatusCode.Conflict)
        {
            return Unsaved(item);
        }
        catch (Exception failed) when (failed is CommandException or OperationCanceledException)
        {
            return new CommandException(
                ExitCodes.Interrupted, "not_cancelled",
                $"interrupted, but job {item.JobId} goes on: {failed.Message}", failed);
        }
    }

    /// <summary>There is nothing left to cancel.</summary>
    private static CommandException Unsaved(RunItem item) => new(
        ExitCodes.Interrupted, "interrupted",
        $"interrupted from the keyboard before all was saved; job {item.JobId} had ended");

    private static void Tell(RunItem item, JobNews news, Action<RunItem> changed)
    {
        item.Hears(news);
        changed(item);
    }
}
