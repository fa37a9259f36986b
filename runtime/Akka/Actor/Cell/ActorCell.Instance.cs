namespace Akka.Actor;

// Making the actor's instance, and taking it down.
public sealed partial class ActorCell
{
    private bool _creating;
    private TimerScheduler? _timers;
    private CellStash? _stash;

    internal TimerScheduler Timers => _timers ??= new TimerScheduler(this);

    /// <summary>Lets one actor's base constructor run, and only while this cell creates its actor.</summary>
    internal bool TryClaimCreation()
    {
        var claimed = _creating;
        _creating = false;
        return claimed;
    }

    private ActorBase NewActor()
    {
        _incarnation++;
        _behavior = null;
        _below = null;
        ActorBase actor;
        _creating = true;
        try
        {
            actor = Props.NewActor()
                ?? throw new ActorInitializationException(_self, $"{Props.Type} produced no actor");
        }
        finally
        {
            _creating = false;
        }
        actor.Attach(this);
        if (actor is IWithTimers timed)
            timed.Timers = Timers;
        if (actor is IActorStash stashing)
            stashing.Stash = _stash = new CellStash(this, isBounded: actor is IWithBoundedStash);
        _behavior ??= actor.InitialBehavior;
        return actor;
    }

    /// <summary>Takes from the instance all that the cell gave it.</summary>
    private void ClearActor()
    {
        _timers?.CancelAll();
        _timers = null;
        _stash?.UnstashAll();
        _stash = null;
        if (_actor is not { IsCleared: false } actor)
            return;
        actor.Detach();
        try
        {
            Props.Release(actor);
        }
        catch (Exception e)
        {
            PublishError(e, e.Message);
        }
    }
}
