namespace Akka.Actor;

/// <summary>The scheduler cannot do what it is asked to, such as after its system has terminated.</summary>
public class SchedulerException(string message) : AkkaException(message);
