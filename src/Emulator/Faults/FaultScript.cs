namespace AkkaComfy.Emulator.Faults;

/// <summary>A fault plan as written down: the same seed and the same events give the same faults.</summary>
public sealed record FaultScript(int Seed, IReadOnlyList<FaultRule> Rules)
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultScript None { get; } = new(0, []);

    /// <exception cref="FormatException">Names every wrong rule and field, its value and what is allowed.</exception>
    public static FaultScript Parse(string json) => FaultScriptReader.Read(json);
}
