using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaComfy.Host.Tests.Uploads.Links;
using AkkaComfy.Host.Uploads.Links;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>Images of which a client sends only the address.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private static readonly LinkTimes Short = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(500));

    private PictureServer _server = null!;
    private RunningService _service = null!;

    public async Task InitializeAsync()
    {
        _server = await PictureServer.StartAsync();
        _service = await RunningService.StartAsync(
            default,
            // The only way to an address that is not public: a part of the service put in place by a test.
            services => services.AddSingleton<IAddressCheck, ThisAddressAlone>().AddSingleton(Short),
            ("ALLOW_IMAGE_URLS", "true"), ("MAX_UPLOAD_MB", "2"));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_image_is_fetched_from_its_address_in_any_format()
    {
        var address = _server.At("/cat.png?signature=secret");
        HttpContent[] bodies =
        [
            JsonContent.Create(new { imageFile = address }),
            new MultipartFormDataContent().With("imageFile", address),
            new FormUrlEncodedContent([KeyValuePair.Create("imageFile", address)]),
        ];
        foreach (var body in bodies)
        {
            using var response = await _service.Http.PostAsync("/api/upscale-image", body);
            Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        }

        Assert.Equal(3, _server.Asked.Count);
        Assert.Empty(_server.Secrets);
    }

    [Fact]
    public async Task A_file_of_a_graph_may_be_an_address()
    {
        using var response = await _service.Http.PostAsJsonAsync("/api/prompts?sync=true", new
        {
            files = new Dictionary<string, string> { ["it"] = _server.At("/cat.png") },
            prompt = new Dictionary<string, object>
            {
                ["1"] = new { class_type = "LoadImage", inputs = new { image = "it" } },
                ["2"] = new { class_type = "PreviewImage", inputs = new { images = new object[] { "1", 0 } } },
            },
        });

        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Redirects_are_followed_and_the_same_image_is_the_same_request()
    {
        var there = Uri.EscapeDataString(_server.At("/to?it=/cat.png"));

        using var led = await SubmitAsync(_server.At($"/to?it={there}"), key: "k");
        using var direct = await SubmitAsync(_server.At("/cat.png"), key: "k");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (led.StatusCode, direct.StatusCode));
    }

    [Theory]
    [InlineData("/missing", "its server answers 404")]
    [InlineData("/text", "is not a PNG, JPEG or WebP image")]
    [InlineData("/loop", "leads on more than 5 times")]
    [InlineData("/stalls", "came too slowly")]
    [InlineData("/breaks", "did not answer in full")]
    [InlineData("/to?it=ftp%3A%2F%2Fexample.com%2Fa.png", "leads elsewhere: only http and https are fetched")]
    [InlineData("/to?it=http%3A%2F%2Fme%3Asecret%40127.0.0.1%2Fa.png", "a user name or password is not fetched")]
    [InlineData("/to?it=http%3A%2F%2F127.0.0.2%2Fa.png", "not on the public internet")]
    [InlineData("/to?it=http%3A%2F%2F%5B%3A%3A1%5D%2Fa.png", "not on the public internet")]
    [InlineData("/to?it=%2F%2F%5B", "leads elsewhere: to an address that cannot be read")]
    public async Task What_cannot_be_fetched_is_told_with_its_field_and_leaves_nothing(string path, string says)
    {
        using var response = await SubmitAsync(_server.At(path));

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        var message = problem.GetProperty("errors").GetProperty("imageFile")[0].GetString();
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, _service.StoredFiles);
    }

    [Theory]
    [InlineData("xn--ä.example", "invalid_input", "the name of its host cannot be read")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg.example", "image_url_failed", "its host")]
    public async Task A_host_whose_name_cannot_be_is_told(string host, string code, string says)
    {
        using var response = await SubmitAsync(_server.At("/cat.png", host));

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Contains(says, problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_image_is_ended_at_the_upload_limit()
    {
        using var response = await SubmitAsync(_server.At("/endless"));

        await ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(0, _service.StoredFiles);
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.2]")]
    [InlineData("0.0.0.0")]
    [InlineData("0x7f000002")]
    [InlineData("2130706434")]
    [InlineData("169.254.169.254")]
    public async Task An_address_that_the_check_refuses_is_never_connected_to(string host)
    {
        using var response = await SubmitAsync(_server.At("/cat.png", host));

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("image_url_failed", problem.GetProperty("code").GetString());
        Assert.Contains("not on the public internet", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task A_service_as_it_is_shipped_fetches_nothing_from_its_own_machine()
    {
        await using var service = await RunningService.StartAsync(default, ("ALLOW_IMAGE_URLS", "true"));
        foreach (var host in (string[])["127.0.0.1", "localhost", "[::1]", "127.1"])
        {
            using var response = await SubmitAsync(_server.At("/cat.png", host), on: service);
            var problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
            Assert.Contains("not on the public internet", problem.GetRawText(), StringComparison.Ordinal);
        }

        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task Only_hosts_of_the_list_are_asked_and_none_with_a_password()
    {
        await using var service = await RunningService.StartAsync(
            default,
            services => services.AddSingleton<IAddressCheck, ThisAddressAlone>(),
            ("ALLOW_IMAGE_URLS", "127.0.0.1, *.example.com"));

        using var good = await SubmitAsync(_server.At("/cat.png"), on: service);
        using var other = await SubmitAsync(_server.At("/cat.png", "localhost"), on: service);
        using var withPassword = await SubmitAsync(_server.At("/cat.png", "me:secret@127.0.0.1"), on: service);

        Assert.Equal(HttpStatusCode.Accepted, good.StatusCode);
        var refused = await ProblemAsync(other, HttpStatusCode.BadRequest);
        Assert.Contains("the host 'localhost' is not allowed here (ALLOW_IMAGE_URLS)", refused.GetRawText(), StringComparison.Ordinal);
        var problem = await ProblemAsync(withPassword, HttpStatusCode.BadRequest);
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Single(_server.Asked);
    }

    private async Task<HttpResponseMessage> SubmitAsync(string address, string? key = null, RunningService? on = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/async/upscale-image");
        request.Content = JsonContent.Create(new { imageFile = address });
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await (on ?? _service).Http.SendAsync(request);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var problem = await RunningService.JsonAsync(response);
        Assert.True(response.StatusCode == expected, problem.GetRawText());
        return problem;
    }

    private sealed class ThisAddressAlone : IAddressCheck
    {
        public bool Allows(IPAddress address) => address.Equals(IPAddress.Loopback);
    }
}
