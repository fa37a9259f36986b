using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>Graphs that clients bring themselves.</summary>
public sealed class PromptTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Colour = """
        { "1": { "class_type": "EmptyImage", "inputs": { "width": 8, "height": 8, "batch_size": 1, "color": 255 } },
          "2": { "class_type": "SaveImage", "inputs": { "images": ["1", 0], "filename_prefix": "colour" } } }
        """;

    private const string TwoPictures = """
        { "1": { "class_type": "LoadImage", "inputs": { "image": "a cat.png" } },
          "2": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "coffee.png" } },
          "3": { "class_type": "PreviewImage", "inputs": { "images": ["1", 0] } },
          "4": { "class_type": "SaveImage", "inputs": { "images": ["2", 0], "filename_prefix": "coffee" } } }
        """;

    private readonly RunningService _service = fixture.Service;

    private static string Cat { get; } = Convert.ToBase64String(RepositoryFiles.Sample("cat.png"));

    private static string Coffee { get; } = Convert.ToBase64String(RepositoryFiles.Sample("coffee.png"));

    [Fact]
    public async Task A_graph_runs_with_its_files_and_all_its_outputs_come_back_saved_ones_first()
    {
        var body = Body(TwoPictures, ("a cat.png", Cat), ("coffee.png", $"data:image/png;base64,{Coffee}"));

        using var response = await PostAsync("/api/prompts?sync=true", body);

        var result = await RunningService.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, result.GetRawText());
        Assert.Equal("prompt", result.GetProperty("type").GetString());
        Assert.Equal(["4", "3"], result.GetProperty("result").GetProperty("outputs").EnumerateArray()
            .Select(output => output.GetProperty("node_id").GetString()!));
        Assert.StartsWith("data:image/png;base64,", result.GetProperty("result").GetProperty("image_base64").GetString());
    }

    [Fact]
    public async Task What_was_meant_for_ComfyUI_itself_is_taken_as_a_job_of_type_prompt()
    {
        using var response = await PostAsync("/api/prompts", """
            {"client_id": "abc", "extra_data": {"extra_pnginfo": {"workflow": {"nodes": []}}}, "prompt":
            """ + Colour + "}");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = (await RunningService.JsonAsync(response)).GetProperty("job_id").GetString()!;
        var ended = await _service.EndOfAsync(id);
        var info = await _service.GetAsync($"/api/jobs/{id}/info");
        var listed = await _service.GetAsync("/api/jobs/list?type=prompt");
        Assert.Equal(("completed", "prompt"), (Text(ended, "status"), Text(ended, "type")));
        Assert.Contains(listed.GetProperty("jobs").EnumerateArray(), job => Text(job, "job_id") == id);
        var graph = info.GetProperty("inputs").GetProperty("prompt");
        Assert.Equal(("graph", "application/json"), (Text(graph, "type"), Text(graph, "media_type")));
    }

    public static TheoryData<string, string, string, string> BadPrompts => new()
    {
        { "no graph", "{}", "prompt", "is required" },
        { "null", """{"prompt": null}""", "prompt", "must be a JSON object, but is null" },
        { "a list", """{"prompt": []}""", "prompt", "must be a JSON object, but is a list" },
        { "no nodes", """{"prompt": {}}""", "prompt", "has no nodes" },
        { "inputs missing", """{"prompt": {"1": {"class_type": "A"}}}""", "prompt", "at 1.inputs: it has no 'inputs'" },
        { "inputs a list", """{"prompt": {"1": {"class_type": "A", "inputs": []}}}""", "prompt", "worker thread" },
        { "a link to nowhere", """{"prompt": {"1": {"class_type": "A", "inputs": {"x": ["9", 0]}}}}""",
            "prompt", "at 1.inputs.x: reads from node '9'" },
        { "an unknown member", $$"""{"prompt": {{Colour}}, "steps": 5}""", "steps", "known are prompt and files" },
        { "two graphs", $$"""{"prompt": {{Colour}}, "prompt": {{Colour}}}""", "prompt", "more than once" },
        { "a file that nothing loads", Body(Colour, ("cat.png", Cat)),
            "files/cat.png", "is named by no node" },
        { "a file twice", Body(TwoPictures, ("coffee.png", Cat), ("coffee.png", Cat)),
            "files/coffee.png", "more than once" },
        { "a file that is no image", Body(TwoPictures, ("coffee.png", "aGVsbG8=")),
            "files/coffee.png", "is not a PNG" },
        { "base64 with a comma where its beginning ends", Body(TwoPictures, ("coffee.png", $"AAAAAAA,{Coffee}")),
            "files/coffee.png", "is no base64: ',' at character 8" },
        { "files in a list", $$"""{"prompt": {{Colour}}, "files": []}""", "files", "must be an object" },
        { "a graph as large as images", Body(Nodes(1, new string('x', 1_100_000))),
            "prompt", "more than 1048576 bytes; images belong in 'files'" },
        { "a graph of endless nodes", Body(Nodes(5001)), "prompt", "has 5001 nodes; at most 5000" },
    };

    [Theory]
    [MemberData(nameof(BadPrompts))]
    public async Task What_no_instance_may_see_is_refused_and_told(string name, string body, string field, string says)
    {
        await _service.UntilAsync("/api/jobs/processor/stats", stats =>
            stats.GetProperty("active_jobs").GetInt32() + stats.GetProperty("pending_jobs").GetInt32() == 0);
        var stored = _service.StoredFiles;

        using var response = await PostAsync("/api/prompts", body);

        var problem = await RunningService.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{name}: {problem}");
        Assert.Contains(says, problem.GetProperty("errors").GetProperty(field).ToString().Replace("\\u0027", "'", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal(stored, _service.StoredFiles);
    }

    [Fact]
    public async Task A_graph_that_no_instance_has_the_nodes_for_is_refused_with_what_each_lacks()
    {
        await _service.UntilAsync("/api/instances", all =>
            all.GetProperty("instances")[0].GetProperty("nodes_read_at").ValueKind != JsonValueKind.Null);

        using var response = await PostAsync("/api/prompts", Body(Colour.Replace("EmptyImage", "NoSuchNode", StringComparison.Ordinal)));

        var problem = await RunningService.JsonAsync(response);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("workflow_unsupported", Text(problem, "code"));
        Assert.Equal("NoSuchNode", problem.GetProperty("missing")[0].GetProperty("nodes")[0].GetString());
    }

    [Fact]
    public async Task The_same_graph_however_it_is_written_is_the_same_request_to_an_idempotency_key()
    {
        var spread = JsonNode.Parse(Colour)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

        using var first = await PostAsync("/api/prompts", Body(Colour), key: "graph");
        using var again = await PostAsync("/api/prompts", Body(spread), key: "graph");
        using var other = await PostAsync("/api/prompts", Body(Colour.Replace("255", "254", StringComparison.Ordinal)), key: "graph");

        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity),
            (first.StatusCode, again.StatusCode, other.StatusCode));
    }

    [Theory]
    [InlineData("?sync=perhaps", 400, "invalid_query")]
    [InlineData("", 415, "unsupported_media_type")]
    public async Task A_bad_request_gets_a_clear_problem(string query, int status, string code)
    {
        using var response = await _service.Http.PostAsync($"/api/prompts{query}", new StringContent(Colour));

        var problem = await RunningService.JsonAsync(response);
        Assert.Equal((status, code), ((int)response.StatusCode, Text(problem, "code")));
    }

    [Fact]
    public async Task Where_they_are_not_allowed_no_graph_is_read()
    {
        await using var service = await RunningService.StartAsync(default, ("ALLOW_RAW_PROMPTS", "false"));

        using var response = await PostAsync("/api/prompts", Body(Colour), on: service);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("raw_prompts_disabled", Text(await RunningService.JsonAsync(response), "code"));
    }

    [Theory]
    [InlineData("", "X-Forwarded-For", "9.9.9.9", HttpStatusCode.Forbidden)]
    [InlineData("", "Host", "rebound.example", HttpStatusCode.Forbidden)]
    [InlineData("", "Host", "localhost", HttpStatusCode.Accepted)]
    [InlineData("true", "X-Forwarded-For", "9.9.9.9", HttpStatusCode.Accepted)]
    public async Task Where_nobody_has_decided_graphs_are_taken_from_this_machine_alone(
        string setting, string header, string value, HttpStatusCode expected)
    {
        await using var service = await RunningService.StartAsync(default, ("ALLOW_RAW_PROMPTS", setting));

        using var response = await PostAsync("/api/prompts", Body(Colour), on: service, header: (header, value));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Only_nodes_of_the_list_may_be_in_a_graph()
    {
        await using var service = await RunningService.StartAsync(default, ("RAW_PROMPT_NODES", "SaveImage, EmptyImage"));

        using var good = await PostAsync("/api/prompts?sync=true", Body(Colour), on: service);
        using var bad = await PostAsync("/api/prompts", Body(TwoPictures), on: service);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (good.StatusCode, bad.StatusCode));
        Assert.Contains(
            "at 2: the node class 'ETN_LoadImageBase64' is not allowed here (RAW_PROMPT_NODES)",
            (await RunningService.JsonAsync(bad)).GetProperty("errors").GetProperty("prompt")[1].GetString(),
            StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path, string body, string? key = null, RunningService? on = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (header is var (name, value))
        {
            request.Headers.Add(name, value);
        }

        return await (on ?? _service).Http.SendAsync(request);
    }

    private static string Body(string graph, params (string Name, string Content)[] files) =>
        $"{{\"prompt\": {graph}, \"files\": {{{string.Join(',', files.Select(file => $"\"{file.Name}\": \"{file.Content}\""))}}}}}";

    private static string Nodes(int count, string value = "") => "{" + string.Join(',', Enumerable.Range(0, count).Select(
        n => $"\"{n}\": {{\"class_type\": \"A\", \"inputs\": {{\"x\": \"{value}\"}}}}")) + "}";

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
