using System.Text.Json;
using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Core.Tests.Workflows;

public sealed class InputJsonTests
{
    [Theory]
    [InlineData(InputType.String, "\"a \\u00e4\"", "a ä")]
    [InlineData(InputType.Enum, "\"PNG\"", "PNG")]
    [InlineData(InputType.Integer, "20", "20")]
    [InlineData(InputType.Integer, "20.0", "20")]
    [InlineData(InputType.Integer, "2e1", "20")]
    [InlineData(InputType.Integer, "-0", "0")]
    [InlineData(InputType.Integer, "20.5", "20.5")]
    [InlineData(InputType.Seed, "18446744073709551615", "18446744073709551615")]
    [InlineData(InputType.Seed, "\"18446744073709551615\"", "18446744073709551615")]
    [InlineData(InputType.Number, "0.50", "0.50")]
    [InlineData(InputType.Boolean, "true", "true")]
    public void A_value_of_the_right_kind_is_read_as_its_text(InputType type, string json, string text) =>
        Assert.Equal((text, null), Read(type, json));

    [Theory]
    [InlineData(InputType.Image, "5", "must be a string: base64, a data URI, or an address, but is 5")]
    [InlineData(InputType.String, "5", "must be a string, but is 5")]
    [InlineData(InputType.Integer, "\"20\"", "must be a whole number, but is '20'")]
    [InlineData(InputType.Number, "\"0.5\"", "must be a number, but is '0.5'")]
    [InlineData(InputType.Boolean, "1", "must be true or false, but is 1")]
    [InlineData(InputType.Seed, "{}", "must be a whole number, or")]
    [InlineData(InputType.String, "[1]", "must be a string, but is a list")]
    public void A_value_of_another_kind_is_told(InputType type, string json, string says)
    {
        var (text, error) = Read(type, json);

        Assert.Null(text);
        Assert.StartsWith(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_leaves_any_input_open() => Assert.All(
        Enum.GetValues<InputType>(), type => Assert.Equal((null, null), Read(type, "null")));

    private static (string? Text, string? Error) Read(InputType type, string json) => InputJson.Read(
        new InputSpec("it", type, []), JsonDocument.Parse(json).RootElement);
}
