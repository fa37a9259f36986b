using System.Text;
using Akka.Configuration;

namespace AkkaComfy.Runtime.Internals.Tests.Configuration;

public sealed class HoconFuzzTests
{
    private static readonly string[] Pieces =
    [
        "a", "b", "a.b", "\"q.r\"", "1", "10s", "null", " ", "\n", "\t", ",", ":", "=", "+=", "{", "}", "[", "]", "{", "}",
        "${a}", "${?b}", "${a.b}", "\"text\"", "\"\"\"multi\nline\"\"\"", "\"", "\\", "$", "#x", "//y", ".", "+", "include",
        "include \"x\"", "\"\\u0041\"", "\"\\u00\"", "\r\n", "\uFEFF", "é", "\0",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_the_text_it_is_read_or_refused_with_a_reason(int seed)
    {
        var random = new Random(seed);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 25); length > 0; length--)
                text.Append(Pieces[random.Next(Pieces.Length)]);
            Config config;
            try
            {
                config = ConfigurationFactory.ParseString(text.ToString());
            }
            catch (FormatException)
            {
                refused++;
                continue;
            }

            read++;
            if (config.Root.IsObject())
                Assert.Equal(config.ToString(), ConfigurationFactory.ParseString(config.ToString()).ToString());
        }

        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused: the texts are too much alike.");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void What_is_written_is_read_back(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var source = Object(random, depth: 0);
            var config = ConfigurationFactory.ParseString(source);

            Assert.Equal(config.ToString(), ConfigurationFactory.ParseString(config.ToString()).ToString());
        }
    }

    private static string Object(Random random, int depth) => "{" + string.Join('\n', Enumerable
        .Range(0, random.Next(0, 5)).Select(_ => $"{Key(random)} = {Value(random, depth + 1)}")) + "}";

    private static string Key(Random random) => random.Next(4) switch
    {
        0 => "\"quoted key\"",
        1 => "x.y",
        2 => "\"dotted.key\"",
        _ => $"k{random.Next(5)}",
    };

    private static string Value(Random random, int depth) => random.Next(depth > 4 ? 4 : 6) switch
    {
        0 => $"{random.Next(1000)}ms",
        1 => "\"quoted \\\"text\\\" \\n with lines\"",
        2 => "null",
        3 => "plain words here",
        4 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)))}]",
        _ => Object(random, depth),
    };
}
