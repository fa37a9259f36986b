using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults;

/// <summary>A fault that strikes at things that happen: a request, a frame, a node, a finished prompt.</summary>
public abstract record EventFault : FaultRule
{
    private protected EventFault()
    {
    }

    /// <summary>How many matching events pass unharmed first.</summary>
    [Range(0, 1_000_000)]
    public int After { get; init; }

    /// <summary>How often it strikes; null: without limit.</summary>
    [Range(1, 1_000_000)]
    public int? Times { get; init; }

    /// <summary>That it strikes at one matching event; drawn from the plan's seed.</summary>
    [Range(0.0, 1.0)]
    public double Probability { get; init; } = 1;
}
