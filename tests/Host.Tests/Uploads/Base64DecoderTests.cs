using System.Text;
using AkkaComfy.Host.Uploads;

namespace AkkaComfy.Host.Tests.Uploads;

public sealed class Base64DecoderTests
{
    [Fact]
    public void Whatever_was_encoded_comes_back_however_it_is_cut_into_pieces()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(round < 200 ? 40 : 60_000)];
            random.NextBytes(bytes);
            var text = Convert.ToBase64String(
                bytes, round % 2 == 0 ? Base64FormattingOptions.None : Base64FormattingOptions.InsertLineBreaks);

            Assert.Equal(bytes, Decode(text, () => random.Next(1, 9_000), out var problem));
            Assert.Null(problem);
        }
    }

    [Theory]
    [InlineData("AAAA*AAA", "'*' at character 5")]
    [InlineData("AA\nAA-", "'-' at character 6")]
    [InlineData("AAAA\u0001", "a byte 0x01 at character 5")]
    [InlineData("AAA", "ends after 3 characters")]
    [InlineData("AA=", "ends after 3 characters")]
    [InlineData("A===", "'=' at character 2")]
    [InlineData("=", "'=' at character 1")]
    [InlineData("AA===", "'=' at character 5")]
    [InlineData("AA==AAAA", "goes on after its padding, at character 5")]
    [InlineData("AA=A", "goes on after its padding, at character 4")]
    public void What_is_no_base64_is_told_by_its_place_however_it_is_cut(string text, string says)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            Decode(text, () => piece, out var problem);

            Assert.Contains(says, problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_place_is_right_far_into_the_text()
    {
        Decode(new string('A', 100_000) + "!", () => 4096, out var problem);

        Assert.Contains("'!' at character 100001", problem, StringComparison.Ordinal);
    }

    private static byte[] Decode(string text, Func<int> nextPiece, out string? problem)
    {
        var decoder = new Base64Decoder();
        var plain = new List<byte>();
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (!rest.IsEmpty && decoder.Problem is null)
        {
            var piece = rest[..Math.Min(nextPiece(), rest.Length)];
            rest = rest[piece.Length..];
            while (!piece.IsEmpty && decoder.Problem is null)
            {
                piece = piece[decoder.Feed(piece)..];
                plain.AddRange(decoder.Take().Span);
            }
        }

        problem = decoder.Finish();
        return [.. plain];
    }
}
