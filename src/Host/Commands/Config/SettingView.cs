namespace AkkaComfy.Host.Commands.Config;

/// <summary>One setting as it would be used.</summary>
/// <param name="Value">Without secrets; null where nothing is set and the default is worked out elsewhere.</param>
/// <param name="IsSet">False for a default.</param>
internal sealed record SettingView(string Key, string? Value, bool IsSet);

/// <summary>What is wrong with one setting.</summary>
/// <param name="Expected">What would be accepted.</param>
internal sealed record SettingFault(string Key, string Value, string Expected);

/// <summary>What <c>config check</c> found.</summary>
/// <param name="Unknown">Keys of the <c>.env</c> file that nothing reads.</param>
internal sealed record ConfigReport(
    bool Valid,
    SettingFault[] Errors,
    SettingView[] Settings,
    string[] Unknown,
    string[] Instances,
    string[] Workflows);
