namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>Somebody else on the ComfyUI side calls things off while a node runs.</summary>
public sealed record Stranger : NodeFault
{
    public StrangerDeed Deed { get; init; } = StrangerDeed.Interrupt;

    internal override void Strike(NodeHands hands)
    {
        if (Deed is StrangerDeed.ClearQueue or StrangerDeed.Both)
        {
            hands.ClearQueue();
        }

        if (Deed is StrangerDeed.Interrupt or StrangerDeed.Both)
        {
            hands.Interrupt();
        }
    }
}

/// <summary>What a stranger does.</summary>
public enum StrangerDeed
{
    Interrupt,
    ClearQueue,
    Both,
}
