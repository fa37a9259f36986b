using System.CommandLine;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Output;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Commands.Config;

/// <summary>Tells what the service would make of the settings here, without starting it.</summary>
internal static class ConfigCommand
{
    private const string EnvFile = ".env";

    public static Command Create(ServiceOptions service)
    {
        var check = new Command("check", "Check the variables and the .env file here as 'serve' would, and show them");
        service.AddJsonTo(check);
        check.SetAction(parsed => Check(service.ScreenFor(parsed)));
        return new Command("config", "The settings of a service") { check };
    }

    private static int Check(Screen screen)
    {
        var report = Read();
        if (screen.IsJson)
        {
            screen.Document(report, CommandJson.Plain.ConfigReport);
        }
        else
        {
            Show(report, screen);
        }

        foreach (var error in report.Errors)
        {
            screen.Complain($"{error.Key}={error.Value}: expected {error.Expected}.");
        }

        return report.Valid ? ExitCodes.Success : ExitCodes.Configuration;
    }

    private static ConfigReport Read()
    {
        try
        {
            return ConfigCheck.Of(Variables.Load(EnvFile), Variables.FromFile(EnvFile).Keys);
        }
        catch (InvalidSettingsException unreadable)
        {
            return new ConfigReport(
                false,
                [.. unreadable.Errors.Select(error => new SettingFault(error.Key, error.Value, error.Expected))],
                [], [], [], []);
        }
    }

    private static void Show(ConfigReport report, Screen screen)
    {
        screen.Show(report.Settings.Aggregate(
            new Sheet("Setting", "Value", "From"),
            (sheet, setting) => sheet.Add(setting.Key, setting.Value, setting.IsSet ? "set" : "default")));
        foreach (var key in report.Unknown)
        {
            screen.Say($"{key} in {EnvFile} is ignored: there is no such setting.");
        }

        if (report.Valid)
        {
            screen.Say($"Valid: {string.Join(", ", report.Instances)} with {string.Join(", ", report.Workflows)}.");
        }
    }
}
