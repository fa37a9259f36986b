namespace AkkaComfy.EndToEnd.Disks;

/// <summary>A fact about disks that are full or cannot be written.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Impossible;
}
