namespace AkkaComfy.Host.Commands.Output;

/// <summary>Where a command writes, and what its environment says.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error, Func<string, string?> Variable)
{
    public static Terminal OfProcess { get; } =
        new(Console.Out, Console.Error, Environment.GetEnvironmentVariable);
}
