using System.Diagnostics;
using System.Text.Json;
using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.FaultMatrix.Running;

/// <summary>Runs one cell: forty jobs, a fault in their midst, its healing, and a look at what is left behind.</summary>
internal sealed class CellRun(Cell cell) : IAsyncDisposable
{
    private const int Jobs = 40;

    /// <summary>Executions begun before the fault strikes: it finds the fleet at work.</summary>
    private const int BusyEnough = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly List<string> _problems = [];
    private Fleet? _fleet;
    private Gateway? _gateway;
    private int _refusals;
    private string _doing = "starting";

    private Fleet Fleet => _fleet ?? throw new InvalidOperationException("the fleet has not started");

    private Gateway Gateway => _gateway ?? throw new InvalidOperationException("the gateway has not started");

    /// <summary>Runs the cell; what goes wrong is in the outcome, so that the others go on.</summary>
    public static async Task<CellOutcome> RunAsync(Cell cell)
    {
        await using var run = new CellRun(cell);
        return await run.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopGatewayAsync();
        if (_fleet is { } fleet)
        {
            await fleet.DisposeAsync();
        }

        _limit.Dispose();
    }

    private async Task<CellOutcome> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        var ends = new JobEnd?[Jobs];
        var recovered = TimeSpan.Zero;
        try
        {
            _fleet = await Fleet.StartAsync(cell.Fault.Version, _limit.Token);
            _gateway = await Gateway.StartAsync(Fleet.Instances.Select(comfy => comfy.BaseAddress), _limit.Token);
            await Gateway.Client.UntilHealthyAsync(_limit.Token);
            _doing = "running jobs";
            await UnderFaultAsync(ends);
            _doing = "waiting for the instances to be used again";
            recovered = await RecoveryAsync();
            _doing = "looking at the jobs again";
            await JudgeAsync([.. ends.Select(end => end!)]);
            await LeftBehindAsync();
        }
        catch (OperationCanceledException) when (_limit.IsCancellationRequested)
        {
            _problems.Add(
                $"not over after {Limit.TotalSeconds:F0} s, {_doing}; {ends.Count(end => end is null)} jobs still run");
        }

        var executions = _fleet?.Executions ?? [];
        return new CellOutcome(
            cell, [.. ends.OfType<JobEnd>()], executions.Count, _refusals, recovered, clock.Elapsed, _problems);
    }

    private async Task UnderFaultAsync(JobEnd?[] ends)
    {
        var jobs = Enumerable.Range(0, Jobs).Select(async number => ends[number] = cell.Mode == Mode.Sync
            ? await Gateway.Client.CallAsync(number, _limit.Token)
            : await Gateway.Client.RunAsync(number, _limit.Token)).ToArray();
        await Fleet.UntilBusyAsync(BusyEnough, _limit.Token);
        foreach (var (instance, index) in Fleet.Instances.Take(cell.Struck).Select((one, index) => (one, index)))
        {
            cell.Fault.Strike(instance, cell.Seed + index);
        }

        using (var healing = new PeriodicTimer(cell.Fault.HealsAfter))
        {
            await healing.WaitForNextTickAsync(_limit.Token);
        }

        foreach (var instance in Fleet.Instances.Take(cell.Struck))
        {
            await instance.HealAsync();
        }

        await Task.WhenAll(jobs);
        _refusals = Gateway.Client.Refusals;
    }

    /// <summary>Every instance works again: further jobs are executed on each of them.</summary>
    private async Task<TimeSpan> RecoveryAsync()
    {
        var clock = Stopwatch.StartNew();
        await Gateway.Client.UntilHealthyAsync(_limit.Token);
        var took = clock.Elapsed;
        var before = Fleet.Instances.Select(instance => instance.Ledger.Executions.Count).ToArray();
        var later = await Task.WhenAll(Enumerable.Range(Jobs, 8)
            .Select(salt => Gateway.Client.RunAsync(salt, _limit.Token)));
        foreach (var end in later.Where(end => end.Status != JobEnd.Completed && !TimedOutRightly(end)))
        {
            _problems.Add($"after healing, {end}");
        }

        foreach (var (instance, index) in Fleet.Instances.Select((one, index) => (one, index)))
        {
            if (instance.Ledger.Executions.Count == before[index])
            {
                _problems.Add($"instance {index + 1} was not used again");
            }
        }

        return took;
    }

    private async Task JudgeAsync(IReadOnlyList<JobEnd> ends)
    {
        var succeeded = Fleet.Executions.Where(one => one.Outcome == ExecutionOutcome.Succeeded)
            .CountBy(JobOf).ToDictionary();
        foreach (var end in ends)
        {
            var mayFail = cell.Fault.MayFailWith.Contains(end.Code ?? end.Status);
            if (end.Status != JobEnd.Completed && !mayFail && !TimedOutRightly(end))
            {
                _problems.Add($"{end}");
            }

            if (succeeded.GetValueOrDefault(end.JobId) > 1 && !cell.Fault.MayRunTwice)
            {
                _problems.Add($"job {end.JobId} was executed with success {succeeded[end.JobId]} times");
            }

            if (await Gateway.Client.EndOfAsync(end.JobId, _limit.Token) is var now && now != end)
            {
                _problems.Add($"{end} became {now}");
            }

            if (end.Status == JobEnd.Completed
                && !(await Gateway.Client.OutputAsync(end.JobId, _limit.Token)).AsSpan(1).StartsWith("PNG"u8))
            {
                _problems.Add($"the output of job {end.JobId} is no PNG");
            }
        }

        if (ends.CountBy(end => end.JobId).Any(job => job.Value > 1))
        {
            _problems.Add("two submissions got the same job");
        }
    }

    /// <summary>Nothing of the fault outlives its jobs: no execution, no connection.</summary>
    private async Task LeftBehindAsync()
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await Gateway.ExecutionsAsync(_limit.Token) is { Count: > 0 } left)
        {
            _doing = $"waiting for executions to end: {string.Join(", ", left)}";
            await again.WaitForNextTickAsync(_limit.Token);
        }

        await StopGatewayAsync();
        while (Fleet.Instances.Sum(instance => instance.OpenConnections) is var open and > 0)
        {
            _doing = $"waiting for {open} connections to end";
            await again.WaitForNextTickAsync(_limit.Token);
        }
    }

    private async Task StopGatewayAsync()
    {
        if (Interlocked.Exchange(ref _gateway, null) is { } gateway)
        {
            await gateway.DisposeAsync();
        }
    }

    /// <summary>A machine with too much to do can stretch an execution beyond the limit: then the job must time out.</summary>
    private bool TimedOutRightly(JobEnd end) => end.Code == "timeout" && Fleet.Executions.Any(one =>
        JobOf(one) == end.JobId && one.EndClock - one.StartClock >= Gateway.ExecutionTimeout);

    private static string JobOf(ExecutionRecord execution) =>
        execution.Tag is { } tag && JsonDocument.Parse(tag).RootElement.TryGetProperty("job", out var job)
            ? job.GetString()!
            : "";
}
