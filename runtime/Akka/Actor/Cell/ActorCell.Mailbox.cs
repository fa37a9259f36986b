using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

// The mailbox: two lists that any thread pushes onto with one compare-and-swap, newest first. The running turn takes a
// list whole and turns it round. The state of the mailbox is the head of the user list itself:
//
//   Idle  --push-->  a list, turn scheduled  --turn takes it-->  null, turn running  --nothing left-->  Idle
//   any   --the actor has stopped-->  Closed
//
// A suspended cell parks instead of going idle: user messages pile up without waking it, a system message does.
public sealed partial class ActorCell : IThreadPoolWorkItem
{
    private static readonly Letter Idle = new("idle", null);
    private static readonly Letter Closed = new("closed", null);
    private static readonly SystemMessage ClosedToSystem = new Terminate();

    private Letter? _inbox;
    private Letter? _ready;
    private SystemMessage? _systemInbox;
    private int _parked;
    private int _suspensions;

    private bool IsClosed => ReferenceEquals(Volatile.Read(ref _inbox), Closed);

    internal void Enqueue(Letter letter)
    {
        var head = Volatile.Read(ref _inbox);
        while (true)
        {
            if (ReferenceEquals(head, Closed))
            {
                Bury(letter);
                return;
            }
            letter.Next = ReferenceEquals(head, Idle) ? null : head;
            var seen = Interlocked.CompareExchange(ref _inbox, letter, head);
            if (ReferenceEquals(seen, head))
                break;
            head = seen;
        }
        if (ReferenceEquals(head, Idle))
            _dispatcher.Execute(this);
    }

    internal void Send(SystemMessage message)
    {
        var head = Volatile.Read(ref _systemInbox);
        while (true)
        {
            if (ReferenceEquals(head, ClosedToSystem))
            {
                AnswerForTheDead(message);
                return;
            }
            message.Next = head;
            var seen = Interlocked.CompareExchange(ref _systemInbox, message, head);
            if (ReferenceEquals(seen, head))
                break;
            head = seen;
        }
        if (TryWake())
            _dispatcher.Execute(this);
    }

    void IThreadPoolWorkItem.Execute() => _dispatcher.Run(this);

    /// <summary>Handles what waits, up to the throughput of the dispatcher; for the one who was given the turn.</summary>
    internal void TakeTurn()
    {
        var outer = t_current;
        t_current = this;
        try
        {
            RunTurn();
        }
        finally
        {
            t_current = outer;
        }
    }

    private void RunTurn()
    {
        var budget = _dispatcher.Throughput;
        while (true)
        {
            if (_systemInbox is not null)
            {
                if (ReferenceEquals(_systemInbox, ClosedToSystem))
                    return;
                HandleSystemMessages();
                continue;
            }
            if (_suspensions != 0)
            {
                if (TryPark())
                    return;
                continue;
            }
            var letter = _ready ?? TakeInbox();
            if (letter is null)
            {
                if (TryGoIdle())
                    return;
                continue;
            }
            if (budget-- <= 0)
            {
                _ready = letter;
                _dispatcher.Yield(this);
                return;
            }
            _ready = letter.Next;
            Invoke(letter);
        }
    }

    /// <summary>Takes what has arrived, oldest first.</summary>
    private Letter? TakeInbox()
    {
        if (Volatile.Read(ref _inbox) is null)
            return null;
        return OldestFirst(Interlocked.Exchange(ref _inbox, null));
    }

    private static Letter? OldestFirst(Letter? newest)
    {
        Letter? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }
        return oldest;
    }

    private bool TryGoIdle()
    {
        if (Interlocked.CompareExchange(ref _inbox, Idle, null) is not null)
            return false;
        return Volatile.Read(ref _systemInbox) is null || !TryWake();
    }

    private bool TryPark()
    {
        Interlocked.Exchange(ref _parked, 1);
        return Volatile.Read(ref _systemInbox) is null || !TryWake();
    }

    /// <summary>Claims the right to run the next turn; false when someone else has it.</summary>
    private bool TryWake()
    {
        if (ReferenceEquals(Volatile.Read(ref _inbox), Idle))
            return ReferenceEquals(Interlocked.CompareExchange(ref _inbox, null, Idle), Idle);
        return Volatile.Read(ref _parked) != 0 && Interlocked.Exchange(ref _parked, 0) != 0;
    }

    private void HandleSystemMessages()
    {
        var newest = Interlocked.Exchange(ref _systemInbox, null);
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }
        while (oldest is not null)
        {
            var message = oldest;
            oldest = oldest.Next;
            if (ReferenceEquals(_systemInbox, ClosedToSystem))
                AnswerForTheDead(message);
            else
                HandleSystemMessage(message);
        }
    }

    /// <summary>Puts letters in front of all that waits, in their order.</summary>
    internal void Prepend(IReadOnlyList<Letter> letters)
    {
        for (var i = letters.Count - 1; i >= 0; i--)
        {
            letters[i].Next = _ready;
            _ready = letters[i];
        }
    }

    private void CloseMailbox()
    {
        var system = Interlocked.Exchange(ref _systemInbox, ClosedToSystem);
        var arrived = Interlocked.Exchange(ref _inbox, Closed);
        var ready = _ready;
        _ready = null;
        for (; ready is not null; ready = ready.Next)
            Bury(ready);
        if (ReferenceEquals(arrived, Idle) || ReferenceEquals(arrived, Closed))
            arrived = null;
        for (var letter = OldestFirst(arrived); letter is not null; letter = letter.Next)
            Bury(letter);
        for (; system is not null && !ReferenceEquals(system, ClosedToSystem); system = system.Next)
            AnswerForTheDead(system);
    }

    private void Bury(Letter letter)
    {
        // A dead subscriber of dead letters would publish them without end.
        if (letter.Message is DeadLetter)
            return;
        var deadLetters = SystemImpl.DeadLetters;
        deadLetters.Tell(new DeadLetter(letter.Message, letter.Sender ?? deadLetters, _self), letter.Sender);
    }

    private void AnswerForTheDead(SystemMessage message)
    {
        if (message is Watch watch)
            ((IInternalActorRef)watch.Watcher).SendSystemMessage(
                new DeathWatchNotification(_self, ExistenceConfirmed: false));
    }
}
