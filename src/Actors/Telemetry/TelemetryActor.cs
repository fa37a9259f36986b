using Akka.Actor;
using Akka.Event;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Counts, times and traces what is published of jobs, circuits and commits.</summary>
/// <remarks>Whoever starts it also subscribes it, so that nothing is published before it listens.</remarks>
public sealed class TelemetryActor : ReceiveActor
{
    public TelemetryActor(ServiceMeters meters)
    {
        Receive<LiveEvents.JobChanged>(step =>
        {
            meters.Jobs.Count(step);
            meters.Statistics.Count(step);
            QueueSpan.Record(step);
        });
        Receive<Instances.CircuitChanged>(meters.Fleet.Count);
        Receive<Journaling.BatchRecorded>(meters.Journal.Count);
    }

    public static IActorRef Start(ActorSystem system, ServiceMeters meters)
    {
        var actor = system.ActorOf(Props.Create(() => new TelemetryActor(meters)), "telemetry");
        system.EventStream.Subscribe(actor, typeof(LiveEvents.JobChanged));
        system.EventStream.Subscribe(actor, typeof(Instances.CircuitChanged));
        system.EventStream.Subscribe(actor, typeof(Journaling.BatchRecorded));
        return actor;
    }
}
