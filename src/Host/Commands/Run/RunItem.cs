using AkkaComfy.Host.Commands.Client;

namespace AkkaComfy.Host.Commands.Run;

/// <summary>One job on its way, as it is shown.</summary>
internal sealed class RunItem(string title, string workflow, string stem)
{
    public string Title { get; } = title;

    public string Workflow { get; } = workflow;

    /// <summary>What the files that it makes are called, before the workflow's name and the ending.</summary>
    public string Stem { get; } = stem;

    /// <summary>The images to send, by the field that takes each.</summary>
    public IReadOnlyList<(string Field, string Path)> Images { get; init; } = [];

    public IReadOnlyList<(string Field, string Value)> Values { get; init; } = [];

    /// <summary>Names the submission, so that it can be repeated without making a second job.</summary>
    public string Key { get; } = Guid.NewGuid().ToString();

    /// <summary>Null until the service has accepted it.</summary>
    public string? JobId { get; set; }

    /// <summary>The service's word for where it is, or <c>sending</c>, <c>waiting</c> or <c>saving</c>.</summary>
    public string Status { get; private set; } = "sending";

    public int Percentage { get; private set; }

    /// <summary>1 for the next one; null unless it waits in the queue.</summary>
    public int? QueuePosition { get; private set; }

    public string? Instance { get; private set; }

    public double? Seconds { get; private set; }

    public List<SavedOutput> Outputs { get; } = [];

    /// <summary>Why there is no result; null unless it failed.</summary>
    public CommandException? Failure { get; private set; }

    public bool HasEnded => Status is "completed" or "failed" or "cancelled";

    public bool Succeeded => Status is "completed";

    /// <summary>Where it is, in a few words.</summary>
    public string Words => Status switch
    {
        "completed" when Instance is not null => $"completed on {Instance}",
        "failed" or "cancelled" or "waiting" when Failure is not null => $"{Status}: {Failure.Message}",
        _ when Instance is not null => $"{Status} on {Instance}",
        _ => Status,
    };

    public void Sent(double share) => (Status, Percentage) = ("sending", (int)(100 * share));

    public void Waits(CommandException why) => (Status, Percentage, Failure) = ("waiting", 0, why);

    public RunItem Hears(JobNews news)
    {
        // Completed it is only once its outputs are here.
        Status = news.Status is "completed" ? "saving" : news.Status ?? Status;
        Percentage = news.Percentage ?? (Status is "pending" ? 0 : Percentage);
        QueuePosition = Status is "pending" ? news.QueuePosition ?? QueuePosition : null;
        Instance = news.Instance ?? Instance;
        Seconds = news.Seconds ?? Seconds;
        Failure = null;
        return this;
    }

    /// <summary>Takes over how the job ended.</summary>
    public void Ends(JobNews end)
    {
        var why = new CommandException(
            ExitCodes.Failure, end.ErrorCode ?? "cancelled", end.Error ?? "the job was cancelled");
        switch (end.Status)
        {
            case "completed":
                Completes();
                break;
            case "cancelled":
                IsCancelled(why);
                break;
            default:
                Fails(why);
                break;
        }
    }

    public void Completes() => (Status, Percentage, Failure) = ("completed", 100, null);

    public void Fails(CommandException why) => (Status, Failure) = ("failed", why);

    public void IsCancelled(CommandException why) => (Status, Failure) = ("cancelled", why);
}

/// <summary>A file that a job made, as it lies here.</summary>
internal sealed record SavedOutput(string File, string MediaType, long Size);
