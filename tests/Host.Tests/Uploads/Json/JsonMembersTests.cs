using System.Text;
using System.Text.Json;
using AkkaComfy.Host.Uploads;
using AkkaComfy.Host.Uploads.Json;

namespace AkkaComfy.Host.Tests.Uploads.Json;

public sealed class JsonMembersTests
{
    private const string Sample = """
         { "a" : "x\"}y", "n":-1.5e3 , "t":true,"o": {"in": [1, {"b": "]"}]}, "\u0061\n": null, "e": {} }
        """;

    [Fact]
    public async Task Members_come_one_after_the_other_however_the_body_is_cut()
    {
        for (var piece = 1; piece < 40; piece++)
        {
            using var members = Open(Sample, piece);
            var found = new List<string>();
            await members.OpenAsync(default);
            while (await members.NextAsync(default) is { } name)
            {
                found.Add($"{name}={(await members.ValueAsync(1000, default))!.Value.GetRawText()}");
            }

            await members.EndAsync(default);
            Assert.Equal(
                [@"a=""x\""}y""", "n=-1.5e3", "t=true", """o={"in": [1, {"b": "]"}]}""", "a\n=null", "e={}"], found);
        }
    }

    [Fact]
    public async Task An_object_inside_is_stepped_into_and_out_of()
    {
        using var members = Open("""{"files":{"a":1,"b":{}},"c":2}""", 3);
        var names = new List<string?>();
        await members.OpenAsync(default);
        names.Add(await members.NextAsync(default));
        await members.OpenAsync(default);
        while (await members.NextAsync(default) is { } inner)
        {
            names.Add(inner);
            await members.SkipAsync(default);
        }

        names.Add(await members.NextAsync(default));
        await members.SkipAsync(default);
        names.Add(await members.NextAsync(default));

        Assert.Equal(["files", "a", "b", "c", null], names);
    }

    [Fact]
    public async Task A_text_comes_in_pieces_with_its_escapes_undone_however_the_body_is_cut()
    {
        const string Text = "data:a/b;base64,AB+/\"\\ \n\r\t\b\f ä€";
        var json = JsonSerializer.Serialize(Text).Replace("/", "\\/", StringComparison.Ordinal);
        for (var piece = 1; piece < 70; piece++)
        {
            using var members = Open($"{{\"it\": {json}, \"next\": 1}}", piece);
            await members.OpenAsync(default);
            await members.NextAsync(default);
            Assert.Equal('"', await members.KindAsync(default));

            Assert.Equal(Text, await TextAsync(members));
            Assert.Equal("next", await members.NextAsync(default));
        }
    }

    [Fact]
    public async Task A_value_that_is_too_long_is_passed_over()
    {
        using var members = Open("""{"long":"xxxxxxxxxx","next":1}""", 4);
        await members.OpenAsync(default);
        await members.NextAsync(default);

        Assert.Null(await members.ValueAsync(11, default));
        Assert.Equal("next", await members.NextAsync(default));
    }

    [Theory]
    [InlineData("", "an object is expected, at byte 1")]
    [InlineData("[1]", "an object is expected, at byte 1")]
    [InlineData("{\"a\":1", "a ',' is expected, at byte 7")]
    [InlineData("{\"a\":\"x", "in the midst of a value")]
    [InlineData("{\"a\" 1}", "a ':' is expected, at byte 6")]
    [InlineData("{\"a\":1 \"b\":2}", "a ',' is expected, at byte 8")]
    [InlineData("{\"a\":1,}", "the name of a member is expected, at byte 8")]
    [InlineData("{a:1}", "the name of a member is expected, at byte 2")]
    [InlineData("{\"a\":tru}", "no JSON")]
    [InlineData("{\"a\":01}", "no JSON")]
    [InlineData("{\"a\":}", "no JSON")]
    [InlineData("{\"a\":[1}", "no JSON")]
    [InlineData("{\"a\":1} x", "something follows the end of the object, at byte 9")]
    [InlineData("{\"a\":1}{}", "something follows")]
    public async Task What_is_no_JSON_is_told_by_its_place(string json, string says)
    {
        using var members = Open(json, 5);

        var refused = await Assert.ThrowsAsync<UploadRefusedException>(async () =>
        {
            await members.OpenAsync(default);
            while (await members.NextAsync(default) is not null)
            {
                await members.ValueAsync(100, default);
            }

            await members.EndAsync(default);
        });

        Assert.Equal((400, "malformed_json"), (refused.Problem.Status, refused.Problem.Code));
        Assert.Contains(says, refused.Problem.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"\\ud800\":1}", "at byte 11")]
    [InlineData("{\"a\":\"\\udc00\"}", "at byte 14")]
    [InlineData("{\"a\":[{\"\\ud800x\":1}]}", "at byte 21")]
    [InlineData("{\"\u00ff\":1}", "at byte 6")]
    [InlineData("{\"a\":\"\u00ff\"}", "at byte 9")]
    public async Task Texts_that_are_no_Unicode_are_told_by_their_place(string latin, string place)
    {
        using var members = new JsonMembers(new SlowStream(Encoding.Latin1.GetBytes(latin), 5));

        var refused = await Assert.ThrowsAsync<UploadRefusedException>(async () =>
        {
            await members.OpenAsync(default);
            await members.NextAsync(default);
            await members.ValueAsync(100, default);
        });

        Assert.Equal((400, "malformed_json"), (refused.Problem.Status, refused.Problem.Code));
        Assert.Contains("is no Unicode", refused.Problem.Error, StringComparison.Ordinal);
        Assert.Contains(place, refused.Problem.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\\x\"")]
    [InlineData("\"a\\u12g4\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\\")]
    public async Task A_text_that_JSON_does_not_allow_is_refused(string text)
    {
        using var members = Open($"{{\"a\":{text}", 3);
        await members.OpenAsync(default);
        await members.NextAsync(default);

        var refused = await Assert.ThrowsAsync<UploadRefusedException>(() => TextAsync(members));

        Assert.Equal("malformed_json", refused.Problem.Code);
    }

    [Fact]
    public async Task Endless_members_and_names_are_refused()
    {
        using var many = Open($"{{{string.Join(',', Enumerable.Range(0, 101).Select(n => $"\"{n}\":1"))}}}", 1000);
        using var longName = Open($"{{\"{new string('n', 2000)}\":1}}", 1000);
        foreach (var (members, says) in new[] { (many, "more than 100 members"), (longName, "longer than 1024 bytes") })
        {
            var refused = await Assert.ThrowsAsync<UploadRefusedException>(async () =>
            {
                await members.OpenAsync(default);
                while (await members.NextAsync(default) is not null)
                {
                    await members.SkipAsync(default);
                }
            });

            Assert.Contains(says, refused.Problem.Error, StringComparison.Ordinal);
        }
    }

    private static JsonMembers Open(string json, int piece) =>
        new(new SlowStream(Encoding.UTF8.GetBytes(json), piece));

    private static async Task<string> TextAsync(JsonMembers members)
    {
        var text = members.Text();
        var bytes = new List<byte>();
        while (await text.NextAsync(default) is { IsEmpty: false } piece)
        {
            bytes.AddRange(piece.Span);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private sealed class SlowStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
