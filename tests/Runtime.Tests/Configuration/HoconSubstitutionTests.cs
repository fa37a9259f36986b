using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace AkkaComfy.Runtime.Tests.Configuration;

public sealed class HoconSubstitutionTests
{
    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Fact]
    public void A_substitution_reads_what_its_path_holds() =>
        Assert.Equal(1, Parse("a { b = 1\n c = ${a.b} }").GetInt("a.c"));

    [Fact]
    public void A_substitution_may_look_ahead() => Assert.Equal(1, Parse("a = ${b.c}\nb { c = 1 }").GetInt("a"));

    [Fact]
    public void Substitutions_may_chain() =>
        Assert.Equal("123", Parse("a { b = 1\n c = ${a.b}\n d = ${a.c}23 }").GetString("a.d"));

    [Fact]
    public void A_substitution_joins_the_text_around_it() =>
        Assert.Equal("My name is Roger", Parse("a { name = Roger\n c = My name is ${a.name} }").GetString("a.c"));

    [Fact]
    public void A_substitution_joins_the_array_after_it() =>
        Assert.Equal([1, 2, 3, 4], Parse("a { b = [1, 2]\n c = ${a.b} [3, 4] }").GetIntList("a.c"));

    [Fact]
    public void An_object_can_be_substituted()
    {
        var config = Parse("a { b { foo = hello\n bar = 123 } }\nc { d = xyz\n e = ${a.b} }");

        Assert.Equal(("hello", 123), (config.GetString("c.e.foo"), config.GetInt("c.e.bar")));
        Assert.Equal("xyz", config.GetString("c.d"));
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_refused_by_name()
    {
        var refused = Assert.ThrowsAny<Exception>(() => Parse("a = ${no.such.path}"));

        Assert.Contains("no.such.path", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_include_takes_its_place_among_the_fields()
    {
        var config = ConfigurationFactory.ParseString(
            "a { b { include \"foo\" } }", _ => Parser.Parse("x = 123\ny = hello", null));

        Assert.Equal((123, "hello"), (config.GetInt("a.b.x"), config.GetString("a.b.y")));
    }

    [Fact]
    public void An_include_is_asked_for_by_name()
    {
        var asked = new List<string>();

        ConfigurationFactory.ParseString("include \"one\"\nb { include \"two\" }", name =>
        {
            asked.Add(name);
            return Parser.Parse("x = 1", null);
        });

        Assert.Equal(["one", "two"], asked);
    }

    [Fact]
    public void A_substitution_of_an_included_text_reads_that_text()
    {
        var config = ConfigurationFactory.ParseString(
            "a { include \"foo\" }", _ => Parser.Parse("x = 123\ny = ${x}", null));

        Assert.Equal(123, config.GetInt("a.y"));
    }

    [Fact]
    public void A_field_after_an_include_overrides_it()
    {
        var config = ConfigurationFactory.ParseString(
            "include \"foo\"\nx = 2", _ => Parser.Parse("x = 1\ny = 1", null));

        Assert.Equal((2, 1), (config.GetInt("x"), config.GetInt("y")));
    }
}
