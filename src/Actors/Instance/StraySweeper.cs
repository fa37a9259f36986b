using System.Collections.Immutable;
using Akka.Actor;
using AkkaComfy.Actors.Execution;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Instance;

/// <summary>
/// Takes prompts of this gateway off an instance that no job waits for any more: it was out of reach, and they ran
/// elsewhere or ended meanwhile, or they were queued late, or nobody remembers them.
/// </summary>
/// <remarks><code>
///   idle ──Sweep──▶ looks at the queue ──ours──▶ asks which are strays ──▶ removes them ──▶ looks again
///     ▲                    │ none of ours               │ none                  (at most so many rounds)
///     └────────────────────┴────────────────────────────┘
/// </code>
/// The supervisor of jobs says what is a stray: an attempt that is not current now never is again, whatever happens
/// meanwhile. Prompts of other gateways and of people are never touched.
/// </remarks>
public sealed class StraySweeper : ReceiveActor, IWithTimers
{
    /// <summary>An interrupt can be swallowed, so what was removed is looked for again; whatever withstands all these stays.</summary>
    private const int MaxRounds = 10;

    private static readonly TimeSpan RoundPause = TimeSpan.FromSeconds(1);

    /// <summary>A server that was busy when a prompt was posted reads it as soon as it is free again.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private readonly InstanceServices _services;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _lifetime = new();
    private int _roundsLeft;

    public StraySweeper(InstanceServices services)
    {
        _services = services;
        _log = services.Logs.CreateLogger<StraySweeper>();

        Receive<Sweep>(_ => Begin());
        Receive<Expect>(_ => ExpectOne());
        Receive<Due>(_ => Begin());
        Receive<Again>(_ => Look());
        Receive<Looked>(looked =>
        {
            if (looked.Ours.IsEmpty)
            {
                _roundsLeft = 0;
            }
            else
            {
                Context.Parent.Tell(new Instances.Tagged(_services.Id, looked.Ours));
            }
        });
        Receive<Instances.Strays>(Remove);
        Receive<Removed>(_ => NextRound());
        Receive<Failed>(failed =>
        {
            _log.LogDebug("Sweeping {Instance} failed: {Reason}", _services.Id, failed.Fault.Message);
            NextRound();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void Begin()
    {
        var idle = _roundsLeft == 0;
        _roundsLeft = MaxRounds;
        if (idle)
        {
            Look();
        }
    }

    /// <summary>However many are left behind one after another, some sweep follows soon, and one comes after the last.</summary>
    private void ExpectOne()
    {
        if (!Timers.IsTimerActive(Due.Soon))
        {
            Timers.StartSingleTimer(Due.Soon, Due.Soon, Soon);
        }

        Timers.StartSingleTimer(Due.Late, Due.Late, Late);
    }

    private void Look() => LookAsync().PipeTo(Self,
        success: ours => new Looked(ours),
        failure: exception => new Failed(Faults.Of(exception)));

    private async Task<ImmutableArray<TaggedPrompt>> LookAsync() =>
        StrayPrompts.Ours(await _services.Client.GetQueueAsync(_lifetime.Token), _services.Options.Gateway);

    private void Remove(Instances.Strays strays)
    {
        if (strays.Prompts.IsEmpty)
        {
            _roundsLeft = 0;
            return;
        }

        _log.LogInformation(
            "{Instance} still holds prompts that no job waits for; they are removed: {Prompts}",
            _services.Id, string.Join(", ", strays.Prompts.Select(prompt => $"{prompt.Job}-{prompt.Attempt}")));
        RemoveAsync([.. strays.Prompts.Select(prompt => prompt.PromptId)]).PipeTo(Self,
            success: () => Removed.Instance,
            failure: exception => new Failed(Faults.Of(exception)));
    }

    /// <summary>Only what is seen running at this very moment is interrupted: older servers interrupt whatever runs.</summary>
    private async Task RemoveAsync(ImmutableArray<string> strays)
    {
        foreach (var promptId in strays)
        {
            await _services.Client.DeleteQueuedAsync(promptId, _lifetime.Token);
        }

        var queue = await _services.Client.GetQueueAsync(_lifetime.Token);
        if (queue.Running.FirstOrDefault(item => strays.Contains(item.PromptId)) is { } running)
        {
            await _services.Client.InterruptAsync(running.PromptId, _lifetime.Token);
        }
    }

    private void NextRound()
    {
        if (_roundsLeft > 0 && --_roundsLeft > 0)
        {
            Timers.StartSingleTimer(Again.Instance, Again.Instance, RoundPause);
        }
    }

    public static Props Props(InstanceServices services) =>
        Akka.Actor.Props.Create(() => new StraySweeper(services));

    /// <summary>The instance is back, or seen for the first time.</summary>
    internal sealed record Sweep
    {
        public static Sweep Instance { get; } = new();
    }

    /// <summary>An attempt ended whose prompt may yet turn up here: look a little later, and once more.</summary>
    internal sealed record Expect
    {
        public static Expect Instance { get; } = new();
    }

    private enum Due
    {
        Soon,
        Late,
    }

    private sealed record Again
    {
        public static Again Instance { get; } = new();
    }

    private sealed record Looked(ImmutableArray<TaggedPrompt> Ours);

    private sealed record Removed
    {
        public static Removed Instance { get; } = new();
    }

    private sealed record Failed(ComfyFault Fault);
}
