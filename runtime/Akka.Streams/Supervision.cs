namespace Akka.Streams.Supervision;

/// <summary>What a stage does about an exception of the code it was given.</summary>
public enum Directive
{
    /// <summary>Fails the stream.</summary>
    Stop,
    /// <summary>Drops the element.</summary>
    Resume,
    /// <summary>Drops the element and what the stage has accumulated.</summary>
    Restart,
}

/// <summary>Decides about an exception.</summary>
public delegate Directive Decider(Exception cause);

/// <summary>The deciders that treat every exception alike.</summary>
public static class Deciders
{
    public static readonly Decider StoppingDecider = static _ => Directive.Stop;
    public static readonly Decider ResumingDecider = static _ => Directive.Resume;

    public static readonly Decider RestartingDecider = static _ => Directive.Restart;
}
