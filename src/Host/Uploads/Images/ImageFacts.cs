namespace AkkaComfy.Host.Uploads.Images;

/// <summary>What an image's own bytes say about it.</summary>
public sealed record ImageFacts(string MediaType, int Width, int Height);
