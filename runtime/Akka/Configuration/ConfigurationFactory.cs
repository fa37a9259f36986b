using System.Reflection;
using System.Text.Json;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Makes configurations from text, resources and objects.</summary>
public class ConfigurationFactory
{
    private const string ReferenceConfig = "Akka.Configuration.akka.conf";

    public static Config Empty => ParseString("");

    /// <summary>The settings the runtime itself comes with, to be put beneath all others.</summary>
    public static Config Default() => FromResource(ReferenceConfig, typeof(ConfigurationFactory).Assembly);
    public static Config ParseString(string hocon) => ParseString(hocon, null);

    /// <param name="hocon">What to read.</param>
    /// <param name="includeCallback">Finds what <c>include "name"</c> names.</param>
    public static Config ParseString(string hocon, Func<string, HoconRoot>? includeCallback)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        return new Config(Parser.Parse(hocon, includeCallback));
    }

    public static Config FromResource(string resourceName, object instanceInAssembly) =>
        FromResource(resourceName, instanceInAssembly as Assembly ?? instanceInAssembly.GetType().Assembly);

    public static Config FromResource<TAssembly>(string resourceName) =>
        FromResource(resourceName, typeof(TAssembly).Assembly);

    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{assembly.GetName().Name} has no resource {resourceName}.");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }

    public static Config FromObject(object source) => ParseString(JsonSerializer.Serialize(source));
}
