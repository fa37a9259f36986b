using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A socket that stays open and gets less than it should.</summary>
public abstract record MuteFault : FrameFault
{
    private protected MuteFault()
    {
    }

    /// <summary>How long a socket stays so once struck; null: for the rest of its life, healed or not.</summary>
    [Range(0, 3_600_000)]
    public int? ForMs { get; init; }

    private protected TimeSpan? Duration => ForMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
