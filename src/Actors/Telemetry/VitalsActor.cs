using Akka.Actor;
using AkkaComfy.Actors.Events;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Asks the vital actors every second how they are, for gauges; how long they take to answer is one of them.</summary>
public sealed class VitalsActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>An answer that a restart has lost is asked for again; meanwhile no actor has more than one ping to answer.</summary>
    private const int TicksToAskAgain = 10;

    private readonly Dictionary<Vital, int> _unanswered = [];

    public VitalsActor(ServiceMeters meters, IActorRef jobs, IActorRef journal, IActorRef events)
    {
        Vital[] vitals =
        [
            new("jobs", jobs, Instances.GetFleet.Instance), new("journal", journal, Journaling.GetDepth.Instance),
            new("events", events, Listening.GetAudience.Instance),
        ];
        Receive<Tick>(_ => Array.ForEach(vitals, Ask));
        Receive<FleetSnapshot>(fleet =>
        {
            Answered(vitals[0]);
            meters.Fleet.Show(fleet);
        });
        Receive<Journaling.Depth>(depth =>
        {
            Answered(vitals[1]);
            meters.Journal.Show(depth);
        });
        Receive<Listening.Audience>(audience =>
        {
            Answered(vitals[2]);
            meters.Events.Show(audience);
        });

        void Ask(Vital vital)
        {
            var ticks = _unanswered.GetValueOrDefault(vital);
            _unanswered[vital] = ticks + 1;
            if (ticks % TicksToAskAgain == 0)
            {
                meters.Mailboxes.Asked(vital.Name);
                vital.Actor.Tell(vital.Question);
            }
        }

        void Answered(Vital vital)
        {
            _unanswered.Remove(vital);
            meters.Mailboxes.Answered(vital.Name);
        }
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, TimeSpan.Zero, Every);

    public static Props Props(ServiceMeters meters, IActorRef jobs, IActorRef journal, IActorRef events) =>
        Akka.Actor.Props.Create(() => new VitalsActor(meters, jobs, journal, events));

    private sealed record Vital(string Name, IActorRef Actor, object Question);

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}
