using AkkaComfy.Emulator.Faults.Kinds;

namespace AkkaComfy.Emulator.Faults;

/// <summary>The time that the emulated machine believes it is; its timers run true.</summary>
internal sealed class WallClock(TimeProvider time, FaultPlan plan) : TimeProvider
{
    public bool IsWrong => plan.Holding<ClockSkew>() is not null;

    public override DateTimeOffset GetUtcNow() =>
        time.GetUtcNow() + TimeSpan.FromMilliseconds(plan.Holding<ClockSkew>()?.SkewMs ?? 0);
}
