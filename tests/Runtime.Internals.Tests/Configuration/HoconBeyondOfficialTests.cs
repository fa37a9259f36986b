using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace AkkaComfy.Runtime.Internals.Tests.Configuration;

/// <summary>What HOCON's specification promises, where the official parser is laxer or silent.</summary>
public sealed class HoconBeyondOfficialTests
{
    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Theory]
    [InlineData("a = 1\nb {\n c = 1\n", "line 4", "opened in line 2")]
    [InlineData("a = 1\nb", "line 2", "'b' has no value")]
    [InlineData("a = 1\nb = ,", "line 2", "a value is missing")]
    [InlineData("a = http://x", "line 1", "':'")]
    [InlineData("a..b = 1", "line 1", "empty")]
    [InlineData(".a = 1", "line 1", "empty")]
    [InlineData("\n\na = \"x\\q\"", "line 3", "escape")]
    [InlineData("a = \"x\n\"", "line 1", "not closed")]
    [InlineData("a = \"\"\"x", "line 1", "not closed")]
    [InlineData("a = [1,\n 2", "line 2", "opened in line 1")]
    [InlineData("a = $b", "line 1", "'{'")]
    [InlineData("a = 1 }", "line 1", "'}'")]
    [InlineData("include \"x\"", "line 1", "include callback")]
    public void A_mistake_is_reported_with_its_line(string hocon, string line, string what)
    {
        var refused = Assert.Throws<FormatException>(() => Parse(hocon));

        Assert.Contains(line, refused.Message, StringComparison.Ordinal);
        Assert.Contains(what, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unset_optional_substitution_leaves_the_earlier_value() =>
        Assert.Equal("INFO", Parse("a = INFO\na = ${?NO_SUCH_VARIABLE_ANYWHERE}").GetString("a"));

    [Fact]
    public void An_unset_optional_substitution_leaves_no_key() =>
        Assert.False(Parse("a = ${?NO_SUCH_VARIABLE_ANYWHERE}\nb = 1").HasPath("a"));

    [Fact]
    public void An_environment_variable_stands_in_for_a_missing_path()
    {
        const string Name = "HOCON_BEYOND_OFFICIAL";
        Environment.SetEnvironmentVariable(Name, "DEBUG");
        try
        {
            Assert.Equal("DEBUG", Parse($"a = INFO\na = ${{?{Name}}}").GetString("a"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    [Theory]
    [InlineData("a = [1]\na += 2\na += 3")]
    [InlineData("x.a = [1, 2]\nx { a += 3 }\na = ${x.a}")]
    [InlineData("a += 1\na += 2\na += 3")]
    [InlineData("a = [1, 2]\na = ${a} [3]")]
    public void Plus_equals_appends(string hocon) => Assert.Equal([1, 2, 3], Parse(hocon).GetIntList("a"));

    [Fact]
    public void A_self_reference_reads_the_earlier_value() =>
        Assert.Equal("/bin:/usr/bin", Parse("path = \"/bin\"\npath = ${path}\":/usr/bin\"").GetString("path"));

    [Fact]
    public void An_object_is_merged_over_a_substituted_one()
    {
        var config = Parse("base { x = 1, y = 2 }\na = ${base} { y = 3 }\nb = ${base}\nb.z = 4");

        Assert.Equal((1, 3), (config.GetInt("a.x"), config.GetInt("a.y")));
        Assert.Equal((1, 2, 4), (config.GetInt("b.x"), config.GetInt("b.y"), config.GetInt("b.z")));
        Assert.False(config.HasPath("base.z"));
    }

    [Theory]
    [InlineData("a = ${b}\nb = ${a}")]
    [InlineData("a = ${a}")]
    [InlineData("a = [${a}]")]
    [InlineData("a { b = ${a} }")]
    public void A_circle_of_references_is_refused(string hocon) =>
        Assert.Throws<FormatException>(() => Parse(hocon));

    [Fact]
    public void Deep_nesting_is_refused_rather_than_exhausting_the_stack() =>
        Assert.Throws<FormatException>(() => Parse("a = " + new string('[', 100_000)));

    [Fact]
    public void An_object_and_a_text_cannot_be_joined() =>
        Assert.Throws<FormatException>(() => Parse("a = { b = 1 } c"));

    [Fact]
    public void A_failed_read_names_the_path() =>
        Assert.Equal("a.c", Assert.Throws<HoconValueException>(() => Parse("a.c = abc").GetInt("a.c")).FailPath);

    [Fact]
    public void A_quoted_null_is_a_text() => Assert.Equal("null", Parse("a = \"null\"").GetString("a"));

    [Fact]
    public void Quotes_survive_being_written_and_read() =>
        Assert.Equal("q\"q", Parse(Parse("a = \"q\\\"q\"").ToString()).GetString("a"));

    [Fact]
    public void Blanks_within_quotes_stay() => Assert.Equal("  x ", Parse("a = \"  x \"").GetString("a"));
}
