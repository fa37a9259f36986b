namespace AkkaComfy.Host.Settings;

/// <summary>The settings cannot be used; carries every error at once.</summary>
public sealed class InvalidSettingsException(IReadOnlyList<SettingError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<SettingError> Errors { get; } = errors;
}
