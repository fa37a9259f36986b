namespace AkkaComfy.Messages;

/// <summary>A prompt on an instance, and the attempt for which it was posted.</summary>
public sealed record TaggedPrompt(string PromptId, JobId Job, int Attempt);
