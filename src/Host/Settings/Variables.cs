using System.Collections;
using DotNetEnv;

namespace AkkaComfy.Host.Settings;

/// <summary>What settings are read from: the variables of the process, and below them a <c>.env</c> file.</summary>
internal static class Variables
{
    /// <exception cref="InvalidSettingsException">The file exists and cannot be parsed.</exception>
    public static Dictionary<string, string> Load(string envFile)
    {
        var variables = FromFile(envFile);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }

    public static Dictionary<string, string> FromFile(string path)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return variables;
        }

        try
        {
            foreach (var (key, value) in Env.NoEnvVars().Load(path))
            {
                variables[key] = value;
            }

            return variables;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            throw new InvalidSettingsException(
                [new SettingError(".env", path, $"lines of the form KEY=value ({unreadable.Message})")]);
        }
    }
}
