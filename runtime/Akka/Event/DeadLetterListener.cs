using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters, up to a number, then falls silent for a while.</summary>
public class DeadLetterListener : ActorBase
{
    private readonly EventStream _stream = Context.System.EventStream;
    private readonly int _max = Context.System.Settings.LogDeadLetters;
    private readonly TimeSpan _silence = Context.System.Settings.LogDeadLettersSuspendDuration;
    private int _count;
    private DateTimeOffset _silentUntil;

    protected override void PreStart() => _stream.Subscribe(Self, typeof(AllDeadLetters));

    // What a restart would subscribe anew is subscribed still.
    protected override void PostRestart(Exception reason) { }

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter)
            return false;
        if (letter is SuppressedDeadLetter || IsOwn(letter))
            return true;
        var now = Context.System.Scheduler.Now;
        if (now < _silentUntil)
            return true;
        if (_silentUntil != default)
        {
            _silentUntil = default;
            _count = 0;
        }
        _count++;
        var ending = "";
        if (_max != int.MaxValue && _count >= _max)
        {
            ending = $", no more dead letters will be logged in next [{_silence}]";
            _silentUntil = _silence == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : now + _silence;
        }
        Log(letter, ending);
        return true;
    }

    private bool IsOwn(AllDeadLetters letter) => letter.Recipient.Equals(Self);

    private void Log(AllDeadLetters letter, string ending)
    {
        var what = letter is Dropped dropped ? $"was dropped. {dropped.Reason}." : "was not delivered.";
        _stream.Publish(new Info(letter.Recipient.Path.ToString(), letter.Recipient.GetType(),
            $"Message [{letter.Message.GetType().Name}] from {letter.Sender} to {letter.Recipient} {what} " +
            $"[{_count}] dead letters encountered{ending}. If this is not an expected behavior then " +
            $"{letter.Recipient} may have terminated unexpectedly. " +
            "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' " +
            "and 'akka.log-dead-letters-during-shutdown'."));
    }
}
