namespace Akka.Dispatch
{
    /// <summary>Marks a kind of message queue.</summary>
    public interface ISemantics;

    /// <summary>Marks an actor that wants a kind of message queue; every queue here fits every kind.</summary>
    public interface IRequiresMessageQueue<T> where T : ISemantics;
}

namespace Akka.Event
{
    /// <summary>Marks the message queue of a logger.</summary>
    public interface ILoggerMessageQueueSemantics : Dispatch.ISemantics;
}
