using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>The job that an idempotency key made.</summary>
public sealed record KeyedJob(JobId JobId, string RequestHash);

/// <summary>A submission is not recorded: another job has its idempotency key.</summary>
public sealed class KeyTakenException(IdempotencyKey key)
    : Exception("The idempotency key belongs to another job.")
{
    public IdempotencyKey Key { get; } = key;
}
