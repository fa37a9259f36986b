using System.Globalization;
using Spectre.Console;

namespace AkkaComfy.Host.Demo;

/// <summary>Shows the demo: bars that move on a terminal, one line per step elsewhere.</summary>
internal sealed class DemoScreen
{
    /// <summary>Where nobody looks at columns, lines are not broken.</summary>
    private const int WidthOfPipe = 400;

    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;

    public DemoScreen(IAnsiConsole console)
    {
        _console = console;
        _isTerminal = console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;
        if (!_isTerminal)
        {
            console.Profile.Width = WidthOfPipe;
        }
    }

    public void Say(string line) => _console.WriteLine(line);

    /// <summary>Runs the jobs, all at once, and shows how far each is.</summary>
    public Task FollowAsync(IReadOnlyList<DemoJob> jobs, Func<DemoJob, Action<DemoJob>, Task> run) =>
        _isTerminal ? FollowWithBarsAsync(jobs, run) : FollowInLinesAsync(jobs, run);

    public void ShowResults(IReadOnlyList<DemoJob> jobs)
    {
        var table = new Table().AddColumns("Job", "Instance", "Time", "Size", "File");
        foreach (var job in jobs)
        {
            table.AddRow(
                new Text(job.Title), new Text(job.Instance ?? "-"), new Text(Time(job)),
                new Text(job.ResultFile is null ? "-" : Size(job.ResultSize)),
                new Text(job.ResultFile ?? $"failed: {job.Error}"));
        }

        _console.Write(table);
    }

    private async Task FollowWithBarsAsync(IReadOnlyList<DemoJob> jobs, Func<DemoJob, Action<DemoJob>, Task> run) =>
        await _console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(progress => Task.WhenAll(jobs
                .Select(job => (job, bar: progress.AddTask(Label(job))))
                .ToList()
                .Select(shown => run(shown.job, job => Move(shown.bar, job)))));

    private async Task FollowInLinesAsync(IReadOnlyList<DemoJob> jobs, Func<DemoJob, Action<DemoJob>, Task> run)
    {
        var gate = new Lock();
        await Task.WhenAll(jobs.Select(job =>
        {
            var last = "";
            return run(job, now =>
            {
                var line = Line(now);
                if (line != last)
                {
                    last = line;
                    lock (gate)
                    {
                        Say(line);
                    }
                }
            });
        }));
    }

    private static void Move(ProgressTask bar, DemoJob job)
    {
        bar.Description = Label(job);
        bar.Value = job.Percentage;
        if (job.HasEnded)
        {
            bar.StopTask();
        }
    }

    private static string Label(DemoJob job) => Markup.Escape($"{job.Title}  {Where(job)}");

    private static string Line(DemoJob job) => job.Error is { } error
        ? $"{job.Title}: failed: {error}"
        : $"{job.Title}: {Where(job)}";

    private static string Where(DemoJob job) =>
        job.Instance is null ? job.Status : $"{job.Status} on {job.Instance}";

    private static string Time(DemoJob job) =>
        job.Seconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : "-";

    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KiB");
}
