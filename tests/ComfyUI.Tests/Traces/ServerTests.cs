namespace AkkaComfy.ComfyUI.Tests;

public sealed class ServerTests
{
    private const string Endpoints = "14_endpoints";
    private const string Of2023 = "50_old_2023-12-31_all";
    private const string Of2024 = "50_old_2024-08-13_all";

    [Fact]
    public async Task Statistics_name_version_and_devices()
    {
        var stats = await Recorded.Client(Endpoints, 1).GetSystemStatsAsync(CancellationToken.None);

        Assert.Equal(("0.3.64", 25276514304), (stats.Version, stats.RamTotal));
        Assert.Equal(new ComputeDevice("cpu", "cpu", 25276514304, 24241799168), Assert.Single(stats.Devices));
    }

    [Theory]
    [InlineData(Endpoints, 1, "0.3.64", "1.13.0a0", 25276514304)]
    [InlineData(Of2023, 237, null, null, null)]
    [InlineData(Of2024, 260, null, null, null)]
    public async Task What_an_old_server_does_not_tell_is_unknown(
        string trace, int line, string? version, string? pytorch, long? ramTotal)
    {
        var stats = await Recorded.Client(trace, line).GetSystemStatsAsync(CancellationToken.None);

        Assert.Equal((version, pytorch, ramTotal), (stats.Version, stats.PytorchVersion, stats.RamTotal));
        Assert.Equal(("posix", "3.11.2 (main, Apr 28 2025, 14:11:48) [GCC 12.2.0]"), (stats.Os, stats.PythonVersion));
        Assert.Equal(25276514304, Assert.Single(stats.Devices).VramTotal);
    }

    [Theory]
    [InlineData("0.3.64", true)]
    [InlineData("0.10.0", true)]
    [InlineData("v1.0", true)]
    [InlineData("0.3.40", false)]
    [InlineData("a fork of its own", false)]
    [InlineData(null, false)]
    public void Only_servers_known_to_target_interrupts_are_trusted_with_them(string? version, bool targets) =>
        Assert.Equal(targets, new SystemStats(version, null, null, []).TargetsInterrupts);

    [Fact]
    public async Task The_queues_length_is_read_without_the_queue()
    {
        Assert.Equal(4, await Recorded.Client("05_two_queued", 17).GetQueueRemainingAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(Endpoints, 3, "UpscaleModelLoader", "model_name", "4x-UltraSharp.pth RealESRGAN_x2.pth")]
    [InlineData(Endpoints, 5, "InspyrenetRembg", "torchscript_jit", "default on")]
    [InlineData(Endpoints, 7, "LoadImage", "image", "")]
    [InlineData(Of2023, 244, "UpscaleModelLoader", "model_name", "4x-UltraSharp.pth RealESRGAN_x2.pth")]
    [InlineData(Of2024, 267, "UpscaleModelLoader", "model_name", "4x-UltraSharp.pth RealESRGAN_x2.pth")]
    public async Task Both_ways_of_writing_a_list_of_values_are_read(
        string trace, int line, string node, string input, string values)
    {
        var found = await Recorded.Client(trace, line).GetNodeClassAsync(node, CancellationToken.None);
        var info = await Recorded.Client(trace, line).GetObjectInfoAsync(CancellationToken.None);

        Assert.Equal("COMBO", found!.Inputs[input].Type);
        Assert.Equal(values, string.Join(' ', found.Inputs[input].Options!));
        Assert.Equal(values, string.Join(' ', info.Options(node, input)!));
    }

    [Theory]
    [InlineData(Endpoints, 2)]
    [InlineData(Of2023, 245)]
    [InlineData(Of2024, 268)]
    public async Task An_input_that_is_no_list_has_no_options(string trace, int line)
    {
        var info = await Recorded.Client(trace, line).GetObjectInfoAsync(CancellationToken.None);

        Assert.True(info.Has("SaveImage") && !info.Has("LoadImage"));
        Assert.True(info.Classes["SaveImage"].IsOutput);
        Assert.Equal("STRING", info.Classes["SaveImage"].Inputs["filename_prefix"].Type);
        Assert.Null(info.Options("SaveImage", "filename_prefix"));
        Assert.Null(info.Options("Nobody", "x"));
    }

    [Fact]
    public async Task What_an_input_is_declared_to_take_is_read()
    {
        var client = new StubHandler(_ => StubHandler.Json("""
            { "X": { "input": {
              "required": { "seed": ["INT", { "min": 0, "max": 18446744073709551615, "tooltip": "Chance." }],
                            "big": ["FLOAT", { "min": -1e300, "max": 0.5 }] },
              "optional": { "text": ["STRING", { "multiline": true }], "bare": ["INT"] } } } }
            """)).Client();

        var inputs = (await client.GetObjectInfoAsync(CancellationToken.None)).Classes["X"].Inputs;

        Assert.True(inputs["seed"] is { Minimum: 0, Maximum: ulong.MaxValue, Tooltip: "Chance.", IsMultiline: false });
        Assert.True(inputs["big"] is { Minimum: null, Maximum: 0.5m, Required: true });
        Assert.True(inputs["text"] is { IsMultiline: true, Required: false });
        Assert.True(inputs["bare"] is { Minimum: null, Maximum: null, Tooltip: null });
    }

    [Fact]
    public async Task A_class_that_the_server_does_not_have_is_null()
    {
        Assert.Null(await Recorded.Client(Endpoints, 8).GetNodeClassAsync("NoSuchNode", CancellationToken.None));
    }

    [Fact]
    public async Task An_old_server_has_nothing_to_free()
    {
        Assert.False(await Recorded.Client(Of2023, 246).FreeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_upload_is_used_under_the_name_that_comes_back()
    {
        var upload = new ImageUpload("in.png", "image/png", 0, _ => ValueTask.FromResult(Stream.Null));

        var renamed = await Recorded.Client("15_upload_view", 3).UploadImageAsync(upload, CancellationToken.None);
        var nested = await Recorded.Client("15_upload_view", 5).UploadImageAsync(upload, CancellationToken.None);

        Assert.Equal("in (1).png", renamed.Reference);
        Assert.Equal("sub/dir/in2.png", nested.Reference);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"system": 4}""")]
    [InlineData("<html>some other service</html>")]
    public async Task What_is_not_ComfyUI_fails_the_probe(string body)
    {
        var client = new StubHandler(_ => StubHandler.Json(body)).Client();

        var e = await Assert.ThrowsAsync<ComfyException>(() => client.GetSystemStatsAsync(CancellationToken.None));

        Assert.Equal((ComfyCause.BadAnswer, Blame.Worker), (e.Fault.Cause, e.Fault.Blame));
    }
}
