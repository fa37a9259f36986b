namespace AkkaComfy.EndToEnd.Crashes;

/// <summary>Kills the service when the traffic between it and its instances comes to a given point.</summary>
internal sealed class KillSwitch
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _cutOff = [];
    private Aim? _aim;
    private int _collectedAgain;

    /// <summary>How many outputs were asked for anew: the kill that followed them came before their job's end was recorded.</summary>
    public int CollectedAgain => _collectedAgain;

    /// <returns>Completed once the service is dead.</returns>
    /// <param name="arrivals">At which arrival at that point, from now on, it is killed.</param>
    public Task Arm(KillPoint point, int arrivals, RunningProgram service)
    {
        lock (_gate)
        {
            _aim = new Aim(point, service) { Left = arrivals };
            return _aim.Killed.Task;
        }
    }

    /// <summary>Told by whoever holds the traffic back meanwhile.</summary>
    /// <param name="about">The request's first line.</param>
    /// <returns>Whether the service was killed: what was held back must not go on.</returns>
    public bool Reached(KillPoint point, string about)
    {
        lock (_gate)
        {
            if (_aim is not { } aim || aim.Point != point || --aim.Left > 0)
            {
                return false;
            }

            _aim = null;
            _cutOff.Add(about);
            aim.Service.Kill();
            aim.Killed.SetResult();
            return true;
        }
    }

    public void Asked(string about)
    {
        lock (_gate)
        {
            _collectedAgain += _cutOff.Remove(about) ? 1 : 0;
        }
    }

    private sealed record Aim(KillPoint Point, RunningProgram Service)
    {
        public required int Left { get; set; }

        public TaskCompletionSource Killed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
