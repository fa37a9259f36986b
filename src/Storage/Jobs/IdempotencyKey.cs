using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>A client's word for one submission: the same word means the same job, as long as the job is remembered.</summary>
/// <param name="RequestHash">Tells whether the word comes with the same request again.</param>
public sealed record IdempotencyKey(string Value, string RequestHash);

/// <summary>The job that an idempotency key made.</summary>
public sealed record KeyedJob(JobId JobId, string RequestHash);

/// <summary>A submission is not recorded: another job has its idempotency key.</summary>
public sealed class KeyTakenException(IdempotencyKey key)
    : Exception($"The idempotency key '{key.Value}' belongs to another job.")
{
    public IdempotencyKey Key { get; } = key;
}
