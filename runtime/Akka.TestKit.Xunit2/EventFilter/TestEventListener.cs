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
                OnLetter(letter.Recipient, letter, $"Received dead letter from {letter.Sender}: {letter.Message}");
                return true;
            case UnhandledMessage unhandled:
                OnLetter(
                    unhandled.Recipient, unhandled, $"Unhandled message from {unhandled.Sender}: {unhandled.Message}");
                return true;
            default:
                return base.Receive(message);
        }
    }

    private void Subscribe(LoggingBus bus)
    {
        Type[] types = [typeof(Mute), typeof(Unmute), typeof(AllDeadLetters), typeof(UnhandledMessage)];
        foreach (var type in types) bus.Subscribe(Self, type);
    }

    private bool Caught(LogEvent entry)
    {
        var caught = false;
        foreach (var mute in _mutes) caught |= mute.Catches(entry);
        return caught;
    }

    // Filters see the letter itself; the printed line is text.
    private void OnLetter(IActorRef recipient, object letter, string text)
    {
        var (source, type) = (recipient.Path.ToString(), recipient.GetType());
        if (!Caught(new Warning(source, type, letter))) Print(new Warning(source, type, text));
    }
}
