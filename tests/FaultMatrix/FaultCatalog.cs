using AkkaComfy.Emulator;
using AkkaComfy.Emulator.Faults;
using AkkaComfy.Emulator.Faults.Kinds;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.FaultMatrix;

/// <summary>Every fault of the matrix, by the part of an instance that it befalls.</summary>
internal static class FaultCatalog
{
    private const string Worker = "ProbeWork";

    /// <summary>The process: its port, its life, its clock, its age.</summary>
    public static IReadOnlyList<Fault> OfProcesses { get; } =
    [
        // Refused again and again, an instance counts as dead: what it ran goes elsewhere, though here it lives on.
        new("connections refused", Seconds(1.5), new RefuseConnections()) { MayRunTwice = true },
        new("connections refused, open ones kept", Seconds(1.5), new RefuseConnections { Cut = false }),
        new("connections reset at once", Seconds(1.5), new ResetConnections()),
        // A prompt that reached the frozen process runs when it goes on, whatever has become of its job meanwhile.
        new("process frozen", Seconds(2.5), new Freeze())
        {
            // Frozen in the midst of it, an execution does last longer than it may.
            MayFailWith = ["timeout"],
            MayRunTwice = true,
        },
        new("process exits mid-node", Seconds(1.5), new ProcessExit { Node = Worker, AtMs = 40, Times = 1 })
        {
            // A job that two instances died under is poison, whoever is to blame.
            MayFailWith = ["poison_job"],
            MayRunTwice = true,
        },
        new("restart, queue lost", Seconds(1.5), new Restart { BackAfterMs = 700 }) { MayRunTwice = true },
        new("worker thread dies", Seconds(4), new WorkerDeath { Node = Worker, AtMs = 40, Times = 1 })
        {
            MayFailWith = ["poison_job"],
        },
        new("clock an hour fast", Seconds(1.5), new ClockSkew { SkewMs = 3_600_000 }),
        new("clock an hour slow", Seconds(1.5), new ClockSkew { SkewMs = -3_600_000 }),
        new("release of 2023-12-31", Seconds(0.5)) { Version = ComfyVersion.Of20231231 },
        new("release of 2023-12-31, connections refused", Seconds(1.5), new RefuseConnections())
        {
            Version = ComfyVersion.Of20231231,
            MayRunTwice = true,
        },
        new("release of 2024-08-13", Seconds(0.5)) { Version = ComfyVersion.Of20240813 },
        new("release of 2024-08-13, restart", Seconds(1.5), new Restart { BackAfterMs = 700 })
        {
            Version = ComfyVersion.Of20240813,
            MayRunTwice = true,
        },
    ];

    /// <summary>Requests and their answers.</summary>
    public static IReadOnlyList<Fault> OfRequests { get; } =
    [
        new("slow first byte", Seconds(1.5), new SlowFirstByte { DelayMs = 800 }),
        new("500 before queueing", Seconds(1.5), new HttpError { Route = "/prompt", Method = "POST", Probability = 0.5 }),
        new("500 after queueing", Seconds(1.5),
            new HttpError { Route = "/prompt", Method = "POST", When = Moment.After, Probability = 0.5 }),
        new("503 everywhere", Seconds(1.5), new HttpError { Status = 503 }),
        new("503 now and then", Seconds(1.5), new HttpError { Status = 503, Probability = 0.3 }),
        new("reset mid-body", Seconds(1.5), new ResetMidBody { Probability = 0.5 }),
        new("history late", Seconds(1.5), new HistoryLate { DelayMs = 600 }),
        new("history missing", Seconds(1.5), new HistoryMissing { Probability = 0.5 }) { MayRunTwice = true },
        new("view 404", Seconds(1.5), new ViewMissing { Probability = 0.3 }) { MayRunTwice = true },
        new("view cut short", Seconds(1.5), new ViewShort { Probability = 0.5 }),
        new("view of a truncated file", Seconds(1.5),
            new ViewShort { How = Shortage.Truncated, Probability = 0.5 }) { MayRunTwice = true },
    ];

    /// <summary>Sockets and what comes over them.</summary>
    public static IReadOnlyList<Fault> OfSockets { get; } =
    [
        new("socket reset mid-run", Seconds(1.5), new DropSocket { How = SocketEnd.Reset, Probability = 0.3 }),
        new("socket closed mid-run", Seconds(1.5), new DropSocket { How = SocketEnd.Close, Probability = 0.3 }),
        new("deaf socket", Seconds(1.5), new DeafSocket { Probability = 0.1 }),
        new("silent socket", Seconds(1.5), new SilentSocket { Probability = 0.1 }),
        new("executed missing", Seconds(1.5), new MissingMessage()),
        new("end messages missing", Seconds(1.5),
            new MissingMessage { Message = "execution_success" }, new MissingMessage { Message = "executing_null" }),
        new("executed twice", Seconds(1.5), new DuplicateMessage()),
        new("every message twice", Seconds(1.5), new DuplicateMessage { Message = null }),
        .. Enum.GetValues<Malformation>().Select(how =>
            new Fault($"malformed frame: {how}", Seconds(1), new MalformedFrame { How = how, Probability = 0.3 })),
    ];

    /// <summary>Nodes, and strangers who meddle.</summary>
    public static IReadOnlyList<Fault> OfExecutions { get; } =
    [
        new("out of memory", Seconds(1.5), new OutOfMemory { Node = Worker, Probability = 0.3 })
        {
            MayFailWith = ["out_of_memory"],
        },
        new("node fails: the worker's fault", Seconds(1.5), new ExecutionError { Node = Worker, Probability = 0.3 })
        {
            MayFailWith = ["execution_error"],
        },
        new("node fails: the input's fault", Seconds(1.5),
            new ExecutionError { Node = Worker, Type = "ValueError", Probability = 0.3 })
        {
            MayFailWith = ["execution_error"],
        },
        new("a stranger interrupts", Seconds(1.5), new Stranger { Node = Worker, AtMs = 20, Probability = 0.5 }),
        new("a stranger clears the queue", Seconds(1.5),
            new Stranger { Node = Worker, Deed = StrangerDeed.ClearQueue, AtMs = 20, Probability = 0.5 }),
    ];

    public static IReadOnlyList<Fault> All { get; } = [.. OfProcesses, .. OfRequests, .. OfSockets, .. OfExecutions];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
