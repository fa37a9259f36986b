namespace AkkaComfy.Actors.Supervisor;

/// <summary>The conversation about stopping gracefully.</summary>
public static class Shutdown
{
    /// <summary>Admits and places nothing more; answered by <see cref="Drained"/> once no job runs.</summary>
    public sealed record Drain
    {
        public static Drain Instance { get; } = new();
    }

    public sealed record Drained
    {
        public static Drained Instance { get; } = new();
    }
}
