using AkkaComfy.Host.Logging;

namespace AkkaComfy.Host.Tests.Logging;

public sealed class RedactionTests
{
    private static readonly string Image = Convert.ToBase64String(new byte[300]);

    [Theory]
    [InlineData("refused by http://me:s3cret@gpu-1:8188/comfy", "refused by http://***@gpu-1:8188/comfy")]
    [InlineData("wss://token@host/ws?clientId=1", "wss://***@host/ws?clientId=1")]
    [InlineData("refused by http://me:se/cr@et@gpu-1:8188/comfy", "refused by http://***@gpu-1:8188/comfy")]
    [InlineData("'http://a:b/c@x:1','http://d?e@y:2'", "'http://***@x:1','http://***@y:2'")]
    [InlineData("http://a:b@x:1,http://y:2", "http://***@x:1,http://y:2")]
    [InlineData("Authorization: Basic bWU6czNjcmV0", "Authorization: *** ***")]
    [InlineData("sent 'Bearer abc.def-123'", "sent 'Bearer ***'")]
    [InlineData("header \"Idempotency-Key\": \"my key\"", "header \"Idempotency-Key\": \"*** key\"")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", "data:image/png;base64,[12 characters of base64]")]
    public void Credentials_and_images_are_taken_out(string text, string redacted) =>
        Assert.Equal(redacted, Redaction.Of(text));

    [Fact]
    public void A_long_run_of_base64_is_told_by_its_length() =>
        Assert.Equal("{\"image\":\"[400 characters of base64]\"}", Redaction.Of($"{{\"image\":\"{Image}\"}}"));

    [Theory]
    [InlineData('/')]
    [InlineData('A')]
    [InlineData('+')]
    public void An_image_of_one_colour_is_told_by_its_length_too(char colour) =>
        Assert.Equal("[200 characters of base64]", Redaction.Of(new string(colour, 200)));

    [Theory]
    [InlineData("Job 0193a8f0-7c1e-7bbb-8000-000000000000 (upscale-image) completed on gpu-1:8188 after 1.5 s")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("   at AkkaComfy.Host.Submission.SubmissionDesk.SubmitAsync(HttpRequest request) in /src/Host/Submission/SubmissionDesk.cs:line 42")]
    [InlineData("No space left on device : '/srv/akkacomfy-of-the-second-floor/data/blobs/9f/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'")]
    [InlineData("Basics checked at http://gpu-1:8188/history")]
    public void Everything_else_stays_as_it_is(string text) => Assert.Equal(text, Redaction.Of(text));
}
