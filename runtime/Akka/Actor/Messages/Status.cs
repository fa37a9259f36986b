namespace Akka.Actor;

/// <summary>The outcome of an operation, as a message.</summary>
public abstract class Status
{
    public sealed class Success(object? status) : Status
    {
        public static readonly Success Instance = new(null);
        public object Status { get; } = status!;
        public override string ToString() => Status is null ? "Success" : $"Success: {Status}";
    }

    public sealed class Failure(Exception cause, object? state = null) : Status
    {
        public Exception Cause { get; } = cause;
        public object State { get; } = state!;
        public override string ToString() => $"Failure: {Cause}";
    }
}

/// <summary>A failure as older code reports it; an Ask answered with it fails.</summary>
public sealed class Failure
{
    public Exception Exception { get; set; } = null!;
    public DateTime Timestamp { get; set; }
}
