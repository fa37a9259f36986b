namespace AkkaComfy.Host.Settings;

/// <summary>One setting that cannot be used: its key, the value found, and what would be accepted.</summary>
public sealed record SettingError(string Key, string Value, string Expected)
{
    public override string ToString() => $"{Key}={Value}: expected {Expected}.";
}
