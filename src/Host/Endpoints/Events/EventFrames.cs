using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaComfy.Core.Events;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Events;

/// <summary>Events as they stand in a stream, without their ids.</summary>
internal static class EventFrames
{
    /// <summary>However many listen, an event is written once.</summary>
    private static readonly ConditionalWeakTable<LiveEvents.IEvent, byte[]> Written = [];

    public static byte[] Of(LiveEvents.IEvent what) => Written.GetValue(what, Write);

    /// <summary>A job as it is when a client begins to follow it.</summary>
    public static byte[] Of(JobPhase phase, StatusBody job) => Frame(NameOf(phase), job, BodiesJson.Plain.StatusBody);

    public static byte[] Of(InstanceSnapshot instance) =>
        Frame("instance", FleetBodies.Instance(instance), BodiesJson.Plain.InstanceBody);

    /// <summary>What the client knew may be old: what follows is how things are.</summary>
    public static byte[] Reset(string why) => Frame("reset", new ResetEventBody(why), BodiesJson.Plain.ResetEventBody);

    private static byte[] Write(LiveEvents.IEvent what) => what switch
    {
        LiveEvents.JobChanged { Step: JobStep.Expired or JobStep.Deleted } change =>
            Frame("removed", EventBodies.Removed(change), BodiesJson.Plain.RemovedEventBody),
        LiveEvents.JobChanged change =>
            Frame(NameOf(change.Phase), EventBodies.Status(change), BodiesJson.Plain.StatusBody),
        LiveEvents.JobProgressed progressed =>
            Frame("progress", EventBodies.Progress(progressed), BodiesJson.Plain.ProgressEventBody),
        LiveEvents.JobPreviewed preview =>
            Frame("preview", EventBodies.Preview(preview), BodiesJson.Plain.PreviewEventBody),
        LiveEvents.InstanceChanged changed => Of(changed.Now),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "an event that no stream tells"),
    };

    private static string NameOf(JobPhase phase) =>
        phase is JobPhase.Pending or JobPhase.Processing ? "status" : SnakeCase.Of(phase);

    /// <summary>JSON has no line breaks outside strings, and escapes those inside: one line of data is enough.</summary>
    private static byte[] Frame<T>(string name, T body, JsonTypeInfo<T> type) =>
        [.. Encoding.ASCII.GetBytes($"event: {name}\ndata: "), .. JsonSerializer.SerializeToUtf8Bytes(body, type), .. "\n\n"u8];
}
