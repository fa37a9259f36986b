namespace Akka.TestKit;

/// <summary>The values under <c>akka.test</c>.</summary>
public class TestKitSettings(Config config) : IExtension
{
    public TimeSpan DefaultTimeout { get; } = Time(config, "default-timeout");
    public TimeSpan SingleExpectDefault { get; } = Time(config, "single-expect-default");
    public TimeSpan ExpectNoMessageDefault { get; } = Time(config, "expect-no-message-default");
    public TimeSpan TestEventFilterLeeway { get; } = Time(config, "filter-leeway");
    public bool LogTestKitCalls { get; } = config.GetBoolean("akka.test.testkit.debug");

    public double TestTimeFactor { get; } = config.GetDouble("akka.test.timefactor") is > 0 and var factor
        ? factor
        : throw new ConfigurationException("akka.test.timefactor must be above 0");

    private static TimeSpan Time(Config config, string name) =>
        config.GetTimeSpan($"akka.test.{name}", allowInfinite: false);
}

/// <summary>Gives each actor system its <see cref="TestKitSettings"/>.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    public static TestKitSettings For(ActorSystem system) => new TestKitExtension().Apply(system);

    public override TestKitSettings CreateExtension(ExtendedActorSystem system) =>
        new(system.Settings.Config.WithFallback(TestKitBase.DefaultConfig));
}
