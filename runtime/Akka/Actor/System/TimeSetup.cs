namespace Akka.Actor;

/// <summary>The clock of the runtime's inside; for tests of the runtime itself.</summary>
internal sealed class TimeSetup(TimeProvider time) : Setup.Setup
{
    public TimeProvider Time { get; } = time;
}
