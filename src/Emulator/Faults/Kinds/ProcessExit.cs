namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>The process exits in the midst of a node.</summary>
public sealed record ProcessExit : DeadlyFault
{
    internal override void Strike(NodeHands hands) => hands.Exit(BackAfter);
}
