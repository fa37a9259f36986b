namespace Akka;

/// <summary>The materialized value of a stage that has none to offer.</summary>
public sealed class NotUsed
{
    public static readonly NotUsed Instance = new();
    private NotUsed() { }

    public override string ToString() => nameof(NotUsed);
}
