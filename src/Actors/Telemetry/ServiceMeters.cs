using System.Diagnostics.Metrics;
using AkkaComfy.Core.Statistics;
using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>What the telemetry actors feed: meters for exporters, and figures of the last jobs.</summary>
public sealed class ServiceMeters
{
    public ServiceMeters(IMeterFactory meters, IWorkflowCatalog workflows, TimeProvider time)
    {
        Meter = meters.Create(new MeterOptions(Metrics.MeterName) { Version = Traces.Version });
        Jobs = new JobMeter(Meter, workflows);
        Fleet = new FleetMeter(Meter);
        Journal = new JournalMeter(Meter);
        Events = new EventsMeter(Meter);
        Mailboxes = new MailboxMeter(Meter, time);
    }

    /// <summary>Owned by the factory.</summary>
    public Meter Meter { get; }

    public JobMeter Jobs { get; }

    public FleetMeter Fleet { get; }

    public JournalMeter Journal { get; }

    public EventsMeter Events { get; }

    public MailboxMeter Mailboxes { get; }

    public JobStatistics Statistics { get; } = new();
}
