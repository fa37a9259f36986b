namespace AkkaComfy.Host.Settings;

/// <summary>A setting as it was read.</summary>
/// <param name="Text">Null where nothing is set and the reader was told no default.</param>
internal sealed record EffectiveSetting(string? Text, bool IsSet);
