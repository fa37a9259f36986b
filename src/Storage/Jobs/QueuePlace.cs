using System.Runtime.InteropServices;

namespace AkkaComfy.Storage;

/// <summary>A job's place: higher priority first, then earlier arrival; a requeued job keeps its own.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QueuePlace(int Priority, long Arrival) : IComparable<QueuePlace>
{
    public int CompareTo(QueuePlace other) => Priority != other.Priority
        ? other.Priority.CompareTo(Priority)
        : Arrival.CompareTo(other.Arrival);

    public static bool operator <(QueuePlace left, QueuePlace right) => left.CompareTo(right) < 0;

    public static bool operator >(QueuePlace left, QueuePlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(QueuePlace left, QueuePlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(QueuePlace left, QueuePlace right) => left.CompareTo(right) >= 0;
}
