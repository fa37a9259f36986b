using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The setup a system starts from: its configuration.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup(Option<Config> config) => Config = config;

    public Option<Config> Config { get; }

    public static BootstrapSetup Create() => new(Option<Config>.None);
    public BootstrapSetup WithConfig(Config config) => new(config);

    public BootstrapSetup WithConfigFallback(Config config) =>
        new(Config.HasValue ? Config.Value.WithFallback(config) : config);
}

/// <summary>The clock of the runtime's inside; for tests of the runtime itself.</summary>
internal sealed class TimeSetup(TimeProvider time) : Setup.Setup
{
    public TimeProvider Time { get; } = time;
}
