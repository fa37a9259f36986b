namespace Akka.Actor;

/// <summary>A behaviour; false when it does not handle the message.</summary>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles every message it is given.</summary>
public delegate void UntypedReceive(object message);
