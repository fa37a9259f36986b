using System.Globalization;
using AkkaComfy.Host.Commands.Output;
using Spectre.Console;

namespace AkkaComfy.Host.Commands.Run;

/// <summary>Shows jobs on their way: bars that move on a terminal, one line per step elsewhere.</summary>
internal sealed class RunScreen(Screen screen)
{
    /// <summary>With more jobs than this, a bar is taken away when its job has ended.</summary>
    private const int MostBars = 12;

    /// <summary>Runs the jobs, so many at once, and shows how far each is.</summary>
    public Task FollowAsync(IReadOnlyList<RunItem> items, int atOnce, Func<RunItem, Action<RunItem>, Task> run) =>
        screen.IsLive ? FollowWithBarsAsync(items, atOnce, run) : FollowInLinesAsync(items, atOnce, run);

    /// <summary>The gravest of what befell the jobs.</summary>
    public static int ExitCodeOf(IReadOnlyList<RunItem> items) => items
        .Where(item => !item.Succeeded)
        .Select(item => item.Failure?.ExitCode ?? ExitCodes.Failure)
        .DefaultIfEmpty(ExitCodes.Success)
        .Max();

    public void ShowResults(IReadOnlyList<RunItem> items)
    {
        var sheet = new Sheet("Job", "Instance", "Time", "Size", "File");
        foreach (var item in items)
        {
            if (item.Outputs.Count == 0)
            {
                sheet.Add(item.Title, item.Instance, Time(item), null, item.Words);
            }

            foreach (var output in item.Outputs)
            {
                sheet.Add(item.Title, item.Instance, Time(item), Size(output.Size), output.File);
            }
        }

        screen.Show(sheet);
    }

    private async Task FollowWithBarsAsync(
        IReadOnlyList<RunItem> items, int atOnce, Func<RunItem, Action<RunItem>, Task> run) =>
        await screen.Console.Progress()
            .HideCompleted(items.Count > MostBars)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var all = items.Count > MostBars ? progress.AddTask("all", maxValue: items.Count) : null;
                await EachAsync(items, atOnce, async item =>
                {
                    var bar = progress.AddTask(Label(item));
                    await run(item, now => Move(bar, now));
                    all?.Increment(1);
                });
            });

    private Task FollowInLinesAsync(
        IReadOnlyList<RunItem> items, int atOnce, Func<RunItem, Action<RunItem>, Task> run) =>
        EachAsync(items, atOnce, item =>
        {
            var last = "";
            return run(item, now =>
            {
                var line = $"{now.Title}: {now.Words}";
                if (line != last)
                {
                    last = line;
                    screen.Say(line);
                }
            });
        });

    private async Task EachAsync(IReadOnlyList<RunItem> items, int atOnce, Func<RunItem, Task> run) =>
        await Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (item, _) =>
            {
                await run(item);
                if (screen.IsJson)
                {
                    screen.Document(RunResult.Of(item), CommandJson.Plain.RunResult);
                }
            });

    private static void Move(ProgressTask bar, RunItem item)
    {
        bar.Description = Label(item);
        bar.Value = item.Percentage;
        if (item.HasEnded)
        {
            bar.StopTask();
        }
    }

    private static string Label(RunItem item)
    {
        var place = item.QueuePosition is { } position ? $", number {position} in the queue" : "";
        return Markup.Escape(PlainText.Of($"{item.Title}  {item.Words}{place}"));
    }

    private static string? Time(RunItem item) =>
        item.Seconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : null;

    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1024.0):0} KiB");
}
