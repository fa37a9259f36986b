namespace Akka.Actor;

/// <summary>Marks messages that the actor's cell handles before its behaviour sees them.</summary>
public interface IAutoReceivedMessage;

/// <summary>Marks messages that do not restart the receive timeout of the actor they reach.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>Marks messages that say something is possibly harmful to let anyone send.</summary>
public interface IPossiblyHarmful;

/// <summary>Marks messages that are expected to end as dead letters now and then and need no warning.</summary>
public interface IDeadLetterSuppression;

/// <summary>Marks messages that are never serialized.</summary>
public interface INoSerializationVerificationNeeded;
