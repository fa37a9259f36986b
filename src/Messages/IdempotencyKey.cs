namespace AkkaComfy.Messages;

/// <summary>A client's word for one submission: the same word means the same job, as long as the job is remembered.</summary>
/// <param name="RequestHash">Tells whether the word comes with the same request again.</param>
public sealed record IdempotencyKey(string Value, string RequestHash);
