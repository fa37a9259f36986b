using AkkaComfy.Emulator.Faults.Kinds;

namespace AkkaComfy.Emulator;

/// <summary>
/// Starts and ends the processes of one emulator, one at a time, and does to them what the fault plan says beyond
/// single events: refusing, freezing, restarting.
/// </summary>
internal sealed class ComfySupervisor : IAsyncDisposable
{
    private readonly ComfyMachine _machine;
    private readonly Lock _following = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Errands _errands = new();
    private volatile EmulatorOptions _options;
    private volatile ComfyProcess? _process;
    private volatile bool _fallen;

    public ComfySupervisor(EmulatorOptions options, ComfyMachine machine)
    {
        (_options, _machine) = (options, machine);
        machine.Faults.Turned = FollowPlan;
        machine.Faults.Healed = Recover;
    }

    public ComfyProcess? Process => _process;

    /// <summary>Completes when a node has ended the process and nothing is going to start it again.</summary>
    public Task Crashed => _crashed.Task;

    /// <summary>Starts a process where there is none.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, _ending.Token);
        await _turn.WaitAsync(limit.Token);
        try
        {
            limit.Token.ThrowIfCancellationRequested();
            if (_process is null)
            {
                _process = await ComfyProcess.StartAsync(_options, _machine, this, limit.Token);
                _fallen = false;
            }
        }
        finally
        {
            _turn.Release();
        }

        FollowPlan();
    }

    /// <summary>Kills the process there is; with <paramref name="only"/>, only if it is that one.</summary>
    public async Task KillAsync(ComfyProcess? only = null)
    {
        await _turn.WaitAsync();
        try
        {
            if (_process is { } process && (only is null || only == process))
            {
                _process = null;
                await process.KillAsync();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task RestartAsync(TimeSpan backAfter)
    {
        await KillAsync();
        await Task.Delay(backAfter, _options.Time, _ending.Token);
        await StartAsync(CancellationToken.None);
    }

    /// <summary>A node has ended the process.</summary>
    /// <param name="backAfter">When it is started again; null: not of itself.</param>
    public void Exited(ComfyProcess process, TimeSpan? backAfter)
    {
        _fallen = true;
        if (backAfter is null)
        {
            _crashed.TrySetResult();
        }

        _errands.Run(async () =>
        {
            await KillAsync(process);
            if (backAfter is { } wait)
            {
                await Task.Delay(wait, _options.Time, _ending.Token);
                await StartAsync(CancellationToken.None);
            }
        });
    }

    /// <summary>The worker of a process has died; the process lives on.</summary>
    /// <inheritdoc cref="Exited"/>
    public void WorkerDied(ComfyProcess process, TimeSpan? backAfter)
    {
        _fallen = true;
        if (backAfter is { } wait)
        {
            _errands.Run(async () =>
            {
                await Task.Delay(wait, _options.Time, _ending.Token);
                await KillAsync(process);
                await StartAsync(CancellationToken.None);
            });
        }
    }

    /// <summary>Completes when nothing is under way that the plan has set off.</summary>
    public Task WhenSettled() => _errands.WhenDone();

    public async ValueTask DisposeAsync()
    {
        _machine.Faults.Turned = () => { };
        _machine.Faults.Healed = () => { };
        await _ending.CancelAsync();
        try
        {
            await _errands.WhenDone();
        }
        finally
        {
            await KillAsync();
            _ending.Dispose();
            _turn.Dispose();
        }
    }

    private void FollowPlan()
    {
        lock (_following)
        {
            var (faults, process) = (_machine.Faults, _process);
            process?.Gate.Set(closed: faults.Holding<Freeze>() is not null);
            var refusing = faults.Holding<RefuseConnections>();
            if (_machine.Doorway.Shut(refusing is not null) && refusing is { Cut: true })
            {
                _machine.Connections.ResetAll();
            }

            foreach (var restart in faults.Due<Restart>())
            {
                if (restart.Version is { } name && ComfyVersion.TryParse(name, out var version))
                {
                    _options = _options with { Version = version };
                }

                _errands.Run(() => RestartAsync(TimeSpan.FromMilliseconds(restart.BackAfterMs)));
            }
        }
    }

    /// <summary>Brings back what a fault has ended; what was killed by call stays dead.</summary>
    private void Recover()
    {
        if (_fallen)
        {
            _errands.Run(() => RestartAsync(TimeSpan.Zero));
        }
    }
}
