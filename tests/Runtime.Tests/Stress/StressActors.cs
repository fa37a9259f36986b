using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace AkkaComfy.Runtime.Tests.Stress;

/// <summary>What became of every message of a round: each must have been handled or buried, once.</summary>
internal sealed class Ledger(int capacity)
{
    private readonly int[] _ends = new int[capacity];
    private readonly ConcurrentQueue<string> _faults = new();
    private int _sent;
    private int _hooks;

    public int Sent => _sent;
    public IReadOnlyCollection<string> Faults => _faults;

    public bool TryNext(int worker, out Item item)
    {
        var id = Interlocked.Increment(ref _sent) - 1;
        item = new Item(id, worker);
        if (id < capacity)
            return true;
        Interlocked.Decrement(ref _sent);
        return false;
    }

    /// <summary>Makes one in so many calls of life cycle hooks fail.</summary>
    public void FailOneIn(int many)
    {
        if (Interlocked.Increment(ref _hooks) % many == 0)
            throw new NotSupportedException("told to");
    }

    public void End(Item item) => Interlocked.Increment(ref _ends[item.Id]);

    public void Blame(string fault) => _faults.Enqueue(fault);

    public void Audit()
    {
        for (var id = 0; id < Math.Min(_sent, capacity); id++)
        {
            if (_ends[id] != 1)
                Blame($"message {id} ended {_ends[id]} times");
        }
    }
}

/// <summary>A message whose id grows with the time at which its worker sent it.</summary>
internal sealed record Item(int Id, int Worker);

internal sealed record Fault(bool Resume);

/// <summary>Creates children and restarts or resumes them, alone or together, as their failures ask for.</summary>
internal sealed class Keeper(Props child, bool together) : UntypedActor
{
    protected override SupervisorStrategy SupervisorStrategy() => together
        ? new AllForOneStrategy(-1, -1, Decide, loggingEnabled: false)
        : new OneForOneStrategy(-1, -1, Decide, loggingEnabled: false);

    protected override void OnReceive(object message)
    {
        if (message is Fault)
            throw new InvalidOperationException("told to");
        Sender.Tell(Context.ActorOf(child));
    }

    private static Directive Decide(Exception cause) => cause switch
    {
        InvalidOperationException => Directive.Restart,
        FormatException => Directive.Resume,
        _ => Directive.Stop,
    };
}

/// <summary>Checks the order of what each worker sends it; counts its instances that have not been collected.</summary>
internal sealed class Worker : UntypedActor
{
    private static int s_live;

    private readonly Ledger _ledger;
    private readonly Dictionary<int, int> _lastOf = [];
    private int _inside;

    public Worker(Ledger ledger)
    {
        _ledger = ledger;
        Interlocked.Increment(ref s_live);
        ledger.FailOneIn(31);
    }

    ~Worker() => Interlocked.Decrement(ref s_live);

    public static int Live => Volatile.Read(ref s_live);

    protected override void PreStart() => _ledger.FailOneIn(37);

    protected override void PostStop() => _ledger.FailOneIn(41);

    protected override void PreRestart(Exception reason, object message) => _ledger.FailOneIn(43);

    protected override void PostRestart(Exception reason) => _ledger.FailOneIn(47);

    protected override void OnReceive(object message)
    {
        if (Interlocked.Exchange(ref _inside, 1) != 0)
            _ledger.Blame("two messages at a time");
        try
        {
            switch (message)
            {
                case Item item:
                    if (_lastOf.TryGetValue(item.Worker, out var last) && last >= item.Id)
                        _ledger.Blame($"{item.Id} came after {last}");
                    _lastOf[item.Worker] = item.Id;
                    _ledger.End(item);
                    break;
                case Fault { Resume: true }:
                    throw new FormatException("told to");
                case Fault:
                    throw new InvalidOperationException("told to");
            }
        }
        finally
        {
            Interlocked.Exchange(ref _inside, 0);
        }
    }
}

/// <summary>Watches each actor it is told of once and wants one <see cref="Terminated"/> for it.</summary>
internal sealed class Watcher(Ledger ledger) : UntypedActor
{
    private readonly HashSet<IActorRef> _watched = [];
    private readonly HashSet<IActorRef> _pending = [];
    private IActorRef? _waiting;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IActorRef subject when _watched.Add(subject):
                _pending.Add(subject);
                Context.Watch(subject);
                break;
            case Terminated terminated:
                if (!_pending.Remove(terminated.ActorRef))
                    ledger.Blame($"{terminated.ActorRef} terminated twice");
                break;
            case "all terminated?":
                _waiting = Sender;
                break;
        }
        if (_pending.Count == 0)
            _waiting?.Tell("yes");
    }
}

internal sealed class Undertaker(Ledger ledger) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is DeadLetter { Message: Item item })
            ledger.End(item);
        else if (message is "done?")
            Sender.Tell("done");
    }
}
