using Akka.Actor;

namespace AkkaComfy.Runtime.Tests;

/// <summary>What the hooks of a puppet throw at each call, counted from one over all incarnations.</summary>
public sealed class Script
{
    private int _constructed;
    private int _preStarts;
    private int _postStops;
    private int _preRestarts;
    private int _postRestarts;

    public Func<int, Exception?> Constructor { get; init; } = _ => null;
    public Func<int, Exception?> PreStart { get; init; } = _ => null;
    public Func<int, Exception?> PostStop { get; init; } = _ => null;
    public Func<int, Exception?> PreRestart { get; init; } = _ => null;
    public Func<int, Exception?> PostRestart { get; init; } = _ => null;

    /// <summary>Whether <c>PreRestart</c> leaves the children alone.</summary>
    public bool KeepsChildren { get; init; }

    public void OnConstructor() => Throw(Constructor(++_constructed));
    public void OnPreStart() => Throw(PreStart(++_preStarts));
    public void OnPostStop() => Throw(PostStop(++_postStops));
    public void OnPreRestart() => Throw(PreRestart(++_preRestarts));
    public void OnPostRestart() => Throw(PostRestart(++_postRestarts));

    private static void Throw(Exception? fault)
    {
        if (fault is not null)
            throw fault;
    }
}

/// <summary>An actor that does what it is told and reports its life to a probe.</summary>
public sealed class Puppet : UntypedActor, IWithUnboundedStash, IWithTimers
{
    private readonly Script _script;
    private readonly SupervisorStrategy? _strategy;

    public Puppet(IActorRef log, Script script, SupervisorStrategy? strategy)
    {
        Log = log;
        _script = script;
        _strategy = strategy;
        Report("constructor");
        script.OnConstructor();
    }

    public IActorRef Log { get; }
    public IStash Stash { get; set; } = null!;
    public ITimerScheduler Timers { get; set; } = null!;
    public IUntypedActorContext Ctx => Context;
    public IActorRef Me => Self;
    public IActorRef Asker => Sender;

    /// <summary>How many messages this incarnation has echoed.</summary>
    public int Count { get; set; }

    public static Props Recipe(Probe log, Script? script = null, SupervisorStrategy? strategy = null)
    {
        var (to, hooks) = (log.Ref, script ?? new Script());
        return Props.Create(() => new Puppet(to, hooks, strategy));
    }

    public void Report(string what) => Log.Tell($"{Self.Path.Name} {what}");

    public void RunAsync(Func<Task> work) => RunTask(work);

    protected override SupervisorStrategy SupervisorStrategy() => _strategy ?? base.SupervisorStrategy();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Do act:
                act.What(this);
                break;
            case Fail fail:
                throw fail.With;
            case Terminated terminated:
                Report($"saw {terminated.ActorRef.Path.Name} terminate");
                break;
            case NotHandled:
                Unhandled(message);
                break;
            default:
                Count++;
                Log.Forward(message);
                break;
        }
    }

    protected override void PreStart()
    {
        Report("PreStart");
        _script.OnPreStart();
    }

    protected override void PostStop()
    {
        Report("PostStop");
        _script.OnPostStop();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        Report($"PreRestart {reason.Message}");
        _script.OnPreRestart();
        if (!_script.KeepsChildren)
            base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        Report($"PostRestart {reason.Message}");
        _script.OnPostRestart();
        base.PostRestart(reason);
    }

    public sealed record Do(Action<Puppet> What);

    public sealed record Fail(Exception With)
    {
        public Fail(string message)
            : this(new InvalidOperationException(message))
        {
        }
    }

    public sealed record NotHandled;
}

public static class PuppetMaster
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void Do(this IActorRef puppet, Action<Puppet> what) =>
        puppet.Tell(new Puppet.Do(what), ActorRefs.NoSender);

    public static void Fail(this IActorRef puppet, string message) =>
        puppet.Tell(new Puppet.Fail(message), ActorRefs.NoSender);

    public static void Fail(this IActorRef puppet, Exception with) =>
        puppet.Tell(new Puppet.Fail(with), ActorRefs.NoSender);

    /// <summary>Does something inside a puppet and hands out what it returns.</summary>
    public static Task<T> Get<T>(this IActorRef puppet, Func<Puppet, T> what)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        puppet.Do(self =>
        {
            try
            {
                result.TrySetResult(what(self));
            }
            catch (Exception e)
            {
                result.TrySetException(e);
            }
        });
        return result.Task.WaitAsync(Patience);
    }

    public static Task<IActorRef> Child(
        this IActorRef puppet, Probe log, string name, Script? script = null, SupervisorStrategy? strategy = null) =>
        puppet.Get(self => self.Ctx.ActorOf(Puppet.Recipe(log, script, strategy), name));
}
