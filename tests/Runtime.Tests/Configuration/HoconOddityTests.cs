using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace AkkaComfy.Runtime.Tests.Configuration;

/// <summary>Corners of HOCON that real configurations are found in.</summary>
public sealed class HoconOddityTests
{
    private const string Everything = """
        root {
          int = 1
          quoted-string = "foo"
          unquoted-string = bar
          concat-string = foo bar
          object {
            hasContent = true
          }
          array = [1,2,3,4]
          array-concat = [[1,2] [3,4]]
          array-single-element = [1 2 3 4]
          array-newline-element = [
            1
            2
            3
            4
          ]
          null = null
          double = 1.23
          bool = true
        }
        """;

    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Theory]
    [InlineData("root.int", "1")]
    [InlineData("root.quoted-string", "foo")]
    [InlineData("root.unquoted-string", "bar")]
    [InlineData("root.concat-string", "foo bar")]
    [InlineData("root.object.hasContent", "true")]
    [InlineData("root.null", null)]
    [InlineData("root.double", "1.23")]
    public void One_text_holds_every_kind_of_value(string path, string? expected) =>
        Assert.Equal(expected, Parse(Everything).GetString(path));

    [Fact]
    public void Elements_of_an_array_are_parted_by_commas_or_lines_but_not_by_blanks()
    {
        var config = Parse(Everything);

        Assert.Equal([1, 2, 3, 4], config.GetIntList("root.array"));
        Assert.Equal([1, 2, 3, 4], config.GetIntList("root.array-newline-element"));
        Assert.Equal(["1 2 3 4"], config.GetStringList("root.array-single-element"));
    }

    [Theory]
    [InlineData("3.14 : 42", "3.14")]
    [InlineData("3 { 14 : 42 }", "3.14")]
    [InlineData("true : 42", "true")]
    [InlineData("a b c : 42", "a b c")]
    [InlineData("\"a b c\" : 42", "a b c")]
    [InlineData("a.b-c_d : 42", "a.b-c_d")]
    [InlineData("/user/a.b : 42", "/user/a.b")]
    public void Almost_anything_is_a_key(string hocon, string path) => Assert.Equal("42", Parse(hocon).GetString(path));

    [Fact]
    public void Windows_line_ends_end_lines()
    {
        var config = Parse("a = 1\r\nb = two words\r\nc {\r\n  d = 3 # three\r\n}\r\n");

        Assert.Equal((1, "two words", 3), (config.GetInt("a"), config.GetString("b"), config.GetInt("c.d")));
    }

    [Fact]
    public void Includes_may_include()
    {
        HoconRoot Find(string name) => name == "outer"
            ? Parser.Parse("x = 1\ninner { include \"inner\" }", Find)
            : Parser.Parse("y = 2", null);

        var config = ConfigurationFactory.ParseString("a { include \"outer\" }", Find);

        Assert.Equal((1, 2), (config.GetInt("a.x"), config.GetInt("a.inner.y")));
    }

    [Fact]
    public void Fallbacks_reach_through_many_layers()
    {
        var config = Parse("foo { bar { a = 123 } }")
            .WithFallback(Parse("foo { bar { a = 1, b = 2, c = 3 } }")
                .WithFallback(Parse("foo { bar { a = 99, zork = 555 } }")))
            .WithFallback(Parse("foo { bar { borkbork = -1 } }"));

        Assert.Equal(
            [123, 2, 3, 555, -1],
            new[] { "a", "b", "c", "zork", "borkbork" }.Select(name => config.GetInt($"foo.bar.{name}")));
    }

    [Fact]
    public void A_text_may_stand_for_settings()
    {
        Config config = "a = 1";

        Assert.Equal(1, config.GetInt("a"));
    }
}
