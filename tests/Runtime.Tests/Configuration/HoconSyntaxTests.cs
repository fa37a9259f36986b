using Akka.Configuration;

namespace AkkaComfy.Runtime.Tests.Configuration;

public sealed class HoconSyntaxTests
{
    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Theory]
    [InlineData("a { b { c = 1 } }")]
    [InlineData("a.b.c = 1")]
    [InlineData("a.b { c : 1 }")]
    [InlineData("a { b.c = 1 }")]
    [InlineData("{ \"a\" : { \"b\" : { \"c\" : 1 } } }")]
    [InlineData("\"a\".\"b\".\"c\" = 1")]
    [InlineData("a = { b = { c = 1 } }\n")]
    [InlineData("# first\na { // second\n b { c = 1 # third\n } }")]
    public void Every_spelling_of_a_path_reads_alike(string hocon) =>
        Assert.Equal(1, Parse(hocon).GetInt("a.b.c"));

    [Fact]
    public void A_later_object_is_merged_into_an_earlier_one()
    {
        var config = Parse("a { x = 1, y = 2 }\na { y = 3, z = 4 }");

        Assert.Equal((1, 3, 4), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("a.z")));
    }

    [Fact]
    public void A_value_between_two_objects_wipes_the_first()
    {
        var config = Parse("a.b = 1\na = null\na.c = 3");

        Assert.False(config.HasPath("a.b"));
        Assert.Equal(3, config.GetInt("a.c"));
    }

    [Fact]
    public void The_last_of_two_plain_values_wins() =>
        Assert.Equal(456, Parse("test { value = 123 }\ntest.value = 456").GetInt("test.value"));

    [Theory]
    [InlineData("a = foo bar", "foo bar")]
    [InlineData("a =  \t 1 2 3 \t ,", "1 2 3")]
    [InlineData("a = \"x, y\"", "x, y")]
    [InlineData("a = \"line\\nbreak\"", "line\nbreak")]
    [InlineData("a = 127.0.0.1", "127.0.0.1")]
    [InlineData("a = \"\"", "")]
    [InlineData("a = \"quoted # not a comment\" # a comment", "quoted # not a comment")]
    public void Text_reads_as_written(string hocon, string expected) =>
        Assert.Equal(expected, Parse(hocon).GetString("a"));

    [Fact]
    public void Null_reads_as_null() => Assert.Null(Parse("a = null").GetString("a"));

    [Fact]
    public void A_multi_line_string_keeps_its_lines() =>
        Assert.Equal(
            "one\n  two \"quoted\"\nthree",
            Parse("a = \"\"\"one\n  two \"quoted\"\nthree\"\"\"").GetString("a"));

    [Theory]
    [InlineData("a = [1, 2, 3]")]
    [InlineData("a = [1,2,3,]")]
    [InlineData("a = [\n1\n2\n3\n]")]
    [InlineData("a = [1] [2, 3]")]
    public void Every_spelling_of_an_array_reads_alike(string hocon) =>
        Assert.Equal([1, 2, 3], Parse(hocon).GetIntList("a"));

    [Fact]
    public void An_array_may_hold_objects()
    {
        var items = Parse("a = [ { n = 1 }, { n = 2 } ]").GetValue("a")!.GetArray();

        Assert.Equal([1, 2], items.Select(item => item.GetObject()!.GetKey("n")!.GetInt()));
    }

    [Fact]
    public void A_quoted_key_may_hold_dots_and_blanks()
    {
        var config = Parse("a { \"some quoted, key\" = 1, \"dotted.key\" = 2 }");

        Assert.Equal(["some quoted, key", "dotted.key"], config.GetConfig("a")!.AsEnumerable().Select(x => x.Key));
        Assert.Equal(2, config.GetInt("a.\"dotted.key\""));
    }

    [Theory]
    [InlineData("a =")]
    [InlineData("a = ${b")]
    public void Malformed_text_is_refused(string hocon) => Assert.ThrowsAny<Exception>(() => Parse(hocon));

    [Fact]
    public void An_empty_text_is_an_empty_configuration()
    {
        Assert.True(Parse("").IsEmpty);
        Assert.True(ConfigurationFactory.Empty.IsNullOrEmpty());
        Assert.False(Parse("a = 1").IsEmpty);
    }
}
