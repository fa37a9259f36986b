using System.Collections.Immutable;
using System.CommandLine;
using AkkaComfy.ComfyUI;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Commands.Workflows;

/// <summary>Where the workflows' folders are and which instances to ask about them, as options of a command.</summary>
internal sealed class FolderOptions
{
    private const string Setting = "WORKFLOWS_DIRECTORY";

    private readonly Option<string?> _directory = new("--directory")
    {
        HelpName = "dir", Description = $"Where the workflows' folders are; without it what {Setting} says",
    };

    private readonly Option<string[]> _instances = new("--instance")
    {
        HelpName = "host:port",
        Description = "Ask this ComfyUI, instead of those of the settings; may be repeated",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    public FolderOptions() => _instances.Validators.Add(given =>
    {
        foreach (var wrong in given.Tokens.Where(token => !ComfyEndpoint.TryParse(token.Value, false, out _, out _)))
        {
            given.AddError($"--instance {wrong.Value}: expected host:port, or an http or https URL.");
        }
    });

    public void AddTo(Command command)
    {
        command.Add(_directory);
        command.Add(_instances);
    }

    /// <param name="asksInstances">Whether those of the settings are asked where none is named.</param>
    /// <exception cref="InvalidSettingsException">The settings name an instance that can be none.</exception>
    public (string Directory, ImmutableArray<ComfyEndpoint> Instances) Read(ParseResult parsed, bool asksInstances)
    {
        var settings = new SettingsReader(Variables.Load(".env"));
        var named = parsed.GetRequiredValue(_instances);
        var useSsl = settings.Flag("COMFYUI_USE_SSL", false);
        var instances = (named.Length > 0, asksInstances) switch
        {
            (true, _) => [.. named.Select(host => ComfyEndpoint.Parse(host, useSsl))],
            (_, true) => InstanceSettings.Read(settings, useSsl),
            _ => ImmutableArray<ComfyEndpoint>.Empty,
        };
        var directory = parsed.GetValue(_directory) ?? settings.Text(Setting, Locations.OrShipped("./workflows"));
        return settings.Errors.Count == 0
            ? (directory, instances)
            : throw new InvalidSettingsException(settings.Errors);
    }
}
