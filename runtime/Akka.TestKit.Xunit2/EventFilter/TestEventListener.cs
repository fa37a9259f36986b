using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>The logger of a test: prints what no event filter has caught.</summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<Mute> _mutes = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                Subscribe(initialize.LoggingBus);
                Sender.Tell(new LoggerInitialized());
                return true;
            case Mute mute:
                _mutes.Add(mute);
                return true;
            case Unmute unmute:
                _mutes.Remove(unmute.Ended);
                return true;
            case LogEvent entry:
                if (!Caught(entry)) Print(entry);
                return true;
            case AllDeadLetters letter:
                OnLetter(letter);
                return true;
            case UnhandledMessage unhandled:
                OnUnhandled(unhandled);
                return true;
            default:
                return base.Receive(message);
        }
    }

    private void Subscribe(LoggingBus bus)
    {
        bus.Subscribe(Self, typeof(Mute));
        bus.Subscribe(Self, typeof(Unmute));
        bus.Subscribe(Self, typeof(AllDeadLetters));
        bus.Subscribe(Self, typeof(UnhandledMessage));
    }

    private bool Caught(LogEvent entry)
    {
        var caught = false;
        foreach (var mute in _mutes) caught |= mute.Catches(entry);
        return caught;
    }

    // Filters see the letter itself; the printed line is text.
    private void OnLetter(AllDeadLetters letter)
    {
        var (source, type) = (letter.Recipient.Path.ToString(), letter.Recipient.GetType());
        if (Caught(new Warning(source, type, letter))) return;
        Print(new Warning(source, type, $"Received dead letter from {letter.Sender}: {letter.Message}"));
    }

    private void OnUnhandled(UnhandledMessage letter)
    {
        var (source, type) = (letter.Recipient.Path.ToString(), letter.Recipient.GetType());
        if (Caught(new Warning(source, type, letter))) return;
        Print(new Warning(source, type, $"Unhandled message from {letter.Sender}: {letter.Message}"));
    }
}
