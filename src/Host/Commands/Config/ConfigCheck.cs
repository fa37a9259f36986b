using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Commands.Config;

/// <summary>Reads the settings just as the service would, and tells what it would make of them.</summary>
internal static class ConfigCheck
{
    /// <summary>What others than the service read from the same file.</summary>
    private static readonly string[] OfOthers = ["AKKACOMFY_URL", "DOTNET_", "ASPNETCORE_", "OTEL_"];

    /// <param name="variables">All there are.</param>
    /// <param name="fromFile">The keys that a <c>.env</c> file sets.</param>
    public static ConfigReport Of(IReadOnlyDictionary<string, string> variables, IEnumerable<string> fromFile)
    {
        var reader = new SettingsReader(variables);
        var errors = new List<SettingError>();
        var settings = Try(() => ServiceSettings.From(reader), errors);
        var workflows = settings is null ? null : Try(() => WorkflowFolders.Load(settings.WorkflowsDirectory), errors);
        return new ConfigReport(
            errors.Count == 0,
            [.. errors.Select(Fault)],
            [.. reader.Effective.Select(View)],
            [.. fromFile.Except(reader.Effective.Keys).Where(key => !IsOfOthers(key)).Order(StringComparer.Ordinal)],
            [.. settings?.Instances.Select(instance => instance.Host) ?? []],
            [.. workflows?.All.Select(workflow => workflow.Name.Value) ?? []]);
    }

    private static T? Try<T>(Func<T> read, List<SettingError> errors)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidSettingsException invalid)
        {
            errors.AddRange(invalid.Errors);
            return null;
        }
    }

    private static SettingFault Fault(SettingError error) =>
        new(error.Key, Secrets.Without(error.Key, error.Value), error.Expected);

    private static SettingView View(KeyValuePair<string, EffectiveSetting> setting) => new(
        setting.Key,
        setting.Value.Text is { } value ? Secrets.Without(setting.Key, value) : null,
        setting.Value.IsSet);

    private static bool IsOfOthers(string key) =>
        OfOthers.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal));
}
