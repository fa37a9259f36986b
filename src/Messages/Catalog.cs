namespace AkkaComfy.Messages;

/// <summary>The conversation about the workflows there are.</summary>
public static class Catalog
{
    /// <summary>From now on the catalog answers otherwise: workflows came, went, or are others than before.</summary>
    public sealed record Changed
    {
        public static Changed Instance { get; } = new();
    }
}
