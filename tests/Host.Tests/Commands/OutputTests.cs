using System.Text.Json;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Config;
using AkkaComfy.Host.Commands.Output;
using AkkaComfy.Host.Commands.Watch;

namespace AkkaComfy.Host.Tests.Commands;

/// <summary>How commands say things, and what they keep to themselves.</summary>
public sealed class OutputTests
{
    [Fact]
    public void A_sheet_that_nobody_looks_at_is_aligned_words()
    {
        var sheet = new Sheet("Job", "Error").Add("a-long-id", null).Add("b", "it\u001b[31mburns");

        Assert.Equal(["JOB        ERROR", "a-long-id  -", "b          it\uFFFD[31mburns"], sheet.Lines());
    }

    [Fact]
    public void An_event_is_told_in_one_line()
    {
        using var told = JsonDocument.Parse("""
            { "job_id": "j", "type": "up", "status": "failed", "progress_percentage": 40,
              "comfyui_instance": "gpu:1", "error": "out of memory" }
            """);

        Assert.Equal("failed  j  up  failed  40 %  on gpu:1  out of memory", EventWords.Of("failed", told.RootElement));
    }

    [Theory]
    [InlineData("COMFYUI_HOST_1", "https://me:secret@gpu.example/comfy", "https://***@gpu.example/comfy")]
    [InlineData("COMFYUI_HOSTS", "a:1,me:secret@b:2", "a:1,***@b:2")]
    [InlineData("COMFYUI_HOST_1", "http://me:se/cr@et@gpu:8188", "http://***@gpu:8188")]
    [InlineData("COMFYUI_HOSTS", "http://me:se/cret@a:1,me:se/cret@b:2", "http://***@a:1,***@b:2")]
    [InlineData("DATA_DIRECTORY", "/home/me@work/data", "/home/me@work/data")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer x", "***")]
    [InlineData("DATA_DIRECTORY", "./data", "./data")]
    public void Secrets_are_not_shown(string key, string value, string shown) =>
        Assert.Equal(shown, Secrets.Without(key, value));

    [Theory]
    [InlineData("localhost:3000", "http://localhost:3000/", "http://localhost:3000")]
    [InlineData("https://me:secret@example.com/comfy", "https://example.com/comfy/", "https://example.com/comfy")]
    [InlineData("http://[::1]:80/a/?x=1", "http://[::1]/a/", "http://[::1]/a")]
    public void An_address_has_a_base_and_is_shown_without_credentials(string given, string baseAddress, string shown)
    {
        Assert.True(ServiceAddress.TryParse(given, out var address));

        Assert.Equal((baseAddress, shown), (address.Base.ToString(), address.ToString()));
        Assert.Equal(given.Contains('@', StringComparison.Ordinal), address.Credentials is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://host")]
    [InlineData("http://")]
    [InlineData("a b")]
    public void What_is_no_address_is_told(string given) => Assert.False(ServiceAddress.TryParse(given, out _));
}
