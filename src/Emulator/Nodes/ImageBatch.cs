using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>What ComfyUI calls an IMAGE or a MASK: pictures that travel together.</summary>
internal sealed record ImageBatch(IReadOnlyList<Picture> Pictures)
{
    public ImageBatch(Picture picture)
        : this([picture])
    {
    }

    public Picture First => Pictures[0];

    public int Count => Pictures.Count;

    /// <summary>A batch that is too short for another starts again from its beginning.</summary>
    public Picture At(int index) => Pictures[index % Count];

    public ImageBatch Each(Func<Picture, Picture> change) => new([.. Pictures.Select(change)]);

    /// <summary>What error messages show of it, in place of ComfyUI's dump of the numbers.</summary>
    public override string ToString() =>
        $"tensor(of shape ({Pictures.Count}, {First.Height}, {First.Width}, {First.Channels}))";
}
