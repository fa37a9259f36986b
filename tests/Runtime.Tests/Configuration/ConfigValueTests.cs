using Akka.Configuration;

namespace AkkaComfy.Runtime.Tests.Configuration;

public sealed class ConfigValueTests
{
    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Theory]
    [InlineData("10ms", 10)]
    [InlineData("10", 10)]
    [InlineData("500 milliseconds", 500)]
    [InlineData("1s", 1000)]
    [InlineData("1.5 s", 1500)]
    [InlineData("2 seconds", 2000)]
    [InlineData("3m", 180_000)]
    [InlineData("3 minutes", 180_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2 hours", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1 day", 86_400_000)]
    public void A_duration_has_a_unit_or_counts_milliseconds(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse($"a = {text}").GetTimeSpan("a"));

    [Fact]
    public void A_duration_may_be_infinite_where_that_is_allowed()
    {
        var config = Parse("a = infinite");

        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("a"));
        Assert.ThrowsAny<Exception>(() => config.GetTimeSpan("a", allowInfinite: false));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("on", true)]
    [InlineData("yes", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("no", false)]
    public void A_boolean_has_three_spellings(string text, bool expected) =>
        Assert.Equal(expected, Parse($"a = {text}").GetBoolean("a"));

    [Theory]
    [InlineData("1024", 1024)]
    [InlineData("1kB", 1000)]
    [InlineData("1KiB", 1024)]
    [InlineData("128k", 131_072)]
    [InlineData("2MiB", 2_097_152)]
    [InlineData("3MB", 3_000_000)]
    public void A_byte_size_has_decimal_and_binary_units(string text, long expected) =>
        Assert.Equal(expected, Parse($"a = {text}").GetByteSize("a"));

    [Fact]
    public void Numbers_read_in_the_invariant_culture()
    {
        var config = Parse("i = -7, l = 9000000000, d = 1.5, e = 2.5");

        Assert.Equal(-7, config.GetInt("i"));
        Assert.Equal(9_000_000_000, config.GetLong("l"));
        Assert.Equal(1.5, config.GetDouble("d"));
        Assert.Equal(1.5f, config.GetFloat("d"));
        Assert.Equal(2.5m, config.GetDecimal("e"));
    }

    [Fact]
    public void What_is_missing_reads_as_the_default()
    {
        var config = Parse("a = 1");

        Assert.Equal(7, config.GetInt("b", 7));
        Assert.Equal("x", config.GetString("b", "x"));
        Assert.True(config.GetBoolean("b", true));
        Assert.Equal(TimeSpan.FromSeconds(3), config.GetTimeSpan("b", TimeSpan.FromSeconds(3)));
        Assert.Null(config.GetString("b"));
        Assert.Null(config.GetByteSize("b"));
        Assert.True(config.GetConfig("b").IsNullOrEmpty());
        Assert.False(config.HasPath("b"));
    }

    [Theory]
    [InlineData("a.c : abc")]
    [InlineData("a { c = [1, 2] }")]
    public void A_value_of_the_wrong_kind_is_refused(string hocon) =>
        Assert.ThrowsAny<Exception>(() => Parse(hocon).GetInt("a.c"));

    [Fact]
    public void Settings_beneath_show_where_those_above_are_silent()
    {
        var config = Parse("a { b = 1 }")
            .WithFallback(Parse("a { b = 2, c = 3 }"))
            .WithFallback(Parse("a.c = 4\na.d = 5"));

        Assert.Equal((1, 3, 5), (config.GetInt("a.b"), config.GetInt("a.c"), config.GetInt("a.d")));
    }

    [Fact]
    public void A_part_of_the_settings_sees_what_lies_beneath()
    {
        var part = Parse("a { b { c = 5 } }").WithFallback(Parse("a { b { d = 3 } }")).GetConfig("a.b")!;

        Assert.Equal((5, 3), (part.GetInt("c"), part.GetInt("d")));
    }

    [Fact]
    public void A_plain_value_above_hides_an_object_beneath()
    {
        var config = Parse("a = 1").WithFallback(Parse("a { b = 2 }"));

        Assert.Equal(1, config.GetInt("a"));
    }

    [Fact]
    public void Settings_cannot_lie_beneath_themselves()
    {
        var config = Parse("a = 1");

        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
        Assert.Same(config, config.SafeWithFallback(config));
    }

    [Fact]
    public void Joining_leaves_both_sides_as_they_were()
    {
        var above = Parse("a { b = 1 }");
        var beneath = Parse("a { c = 2 }");

        above.WithFallback(beneath);

        Assert.False(above.HasPath("a.c"));
        Assert.False(beneath.HasPath("a.b"));
    }

    [Fact]
    public void Text_made_from_settings_reads_back_as_the_same_settings()
    {
        var config = Parse("a { b = \"x y\", c = [1, 2] }\n\"k k\" = 1");

        var again = Parse(config.ToString());

        Assert.Equal("x y", again.GetString("a.b"));
        Assert.Equal([1, 2], again.GetIntList("a.c"));
        Assert.Equal(1, again.GetInt("\"k k\""));
    }

    [Fact]
    public void The_reference_settings_name_every_shutdown_phase_and_the_log_level()
    {
        var reference = ConfigurationFactory.Default();

        Assert.Equal("INFO", reference.GetString("akka.loglevel"));
        Assert.Equal(TimeSpan.FromSeconds(5), reference.GetTimeSpan("akka.coordinated-shutdown.default-phase-timeout"));
        Assert.Equal(
            ["before-actor-system-terminate"],
            reference.GetStringList("akka.coordinated-shutdown.phases.actor-system-terminate.depends-on"));
    }
}
