using System.Text;
using System.Text.Json;
using AkkaComfy.Core.Workflows;
using static AkkaComfy.Core.Tests.Workflows.AWorkflow;

namespace AkkaComfy.Core.Tests.Workflows;

public sealed class GraphHazardTests
{
    private const string Loader = """ "1": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "iVBO" } }, """;

    [Fact]
    public void A_good_graph_has_none() => Assert.Empty(Find(Graph));

    [Theory]
    [InlineData("7", "", "must be a JSON object, but is 7")]
    [InlineData("{}", "", "has no nodes")]
    [InlineData("""{ "last_node_id": 3, "last_link_id": 4, "version": 0.4 }""", "", "Workflow > Export (API)")]
    [InlineData("""{ "links": [] }""", "", "Workflow > Export (API)")]
    [InlineData("""{ "prompt": {}, "workflow": { "nodes": [] } }""", "", "what ComfyUI embeds in its images")]
    [InlineData("""{ "prompt": { "1": {} } }""", "", "keep only the object under 'prompt'")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": {} }, "1": { "class_type": "B", "inputs": {} } }""", "1", "two nodes of this id")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": 1, "x": 2 } } }""", "1.inputs.x", "is given twice")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": "\ud83d" } } }""", "", "is no Unicode")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "\udc00": 1 } } }""", "", "is no Unicode")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": ["missing", true] } } }""", "1.inputs.x", "reads from socket true")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": ["1", false] } } }""", "1.inputs.x", "reads from socket false")]
    [InlineData("""{ "1": { "class_type": "A", "class_type": "B", "inputs": {} } }""", "1", "two members of one name")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": { "y": 1, "y": 2 } } } }""", "1", "two members of one name")]
    [InlineData("""{ "1": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "data:image/png;base64,iVBO" } } }""", "1.inputs.image", "takes bare base64")]
    public void What_ComfyUI_would_not_bear_is_found(string graph, string place, string reason) =>
        AssertHazard(graph, place, reason);

    [Theory]
    [InlineData("\"JPEG\"", "'JPEG' of an image with transparency ends ComfyUI's process")]
    [InlineData("\"jpeg\"", "'jpeg' of an image with transparency ends ComfyUI's process")]
    [InlineData("[\"1\", 0]", "is connected: should it become 'JPEG'")]
    public void A_socket_must_not_be_sent_JPEG(string format, string reason) => AssertHazard(
        $$"""{ {{Loader}} "2": { "class_type": "ETN_SendImageWebSocket", "inputs": { "images": ["1", 0], "format": {{format}} } } }""",
        "2.inputs.format",
        reason);

    [Fact]
    public void A_socket_may_be_sent_PNG() => Assert.Empty(Find(
        $$"""{ {{Loader}} "2": { "class_type": "ETN_SendImageWebSocket", "inputs": { "images": ["1", 0], "format": "PNG" } } }"""));

    [Theory]
    [InlineData(""" "type": "string" """)]
    [InlineData(""" "type": "enum", "values": ["PNG", "JPEG"] """)]
    public void A_client_cannot_be_given_the_choice_of_it(string type)
    {
        const string graph =
            $$"""{ {{Loader}} "2": { "class_type": "ETN_SendImageWebSocket", "inputs": { "images": ["1", 0], "format": "PNG" } } }""";

        var problem = TheProblem(graph, Manifest($$""" "format": { {{type}}, "bind": "2.format" } """));

        Assert.Equal(("manifest.json", "inputs.format.bind"), (problem.File, problem.Place));
        Assert.Contains("'JPEG' of an image with transparency", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_may_be_called_as_the_editors_lists_are() => Assert.Empty(Find(
        """{ "nodes": { "class_type": "A", "inputs": {} }, "prompt": { "class_type": "B", "inputs": { "x": ["nodes", 0] } } }"""));

    [Fact]
    public void Whole_surrogate_pairs_and_other_escapes_are_text() => Assert.Empty(Find(
        """{ "1": { "class_type": "A", "inputs": { "x": "\ud83d\ude00\u00e4" } } }"""));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_found()
    {
        byte[] graph = [.. """{ "1": { "class_type": "A", "inputs": { "x": " """u8, 0xff, .. "\" } } }"u8];
        using var document = JsonDocument.Parse(graph);

        Assert.Contains("is no Unicode", Assert.Single(GraphHazards.Find(document.RootElement)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void A_row_of_nodes_that_ComfyUI_cannot_follow_is_found(int nodes, bool isFine)
    {
        var row = Enumerable.Range(0, nodes).Select(n => Node($"{n}", n == 0 ? "" : $"\"x\": [\"{n - 1}\", 0]"));
        var found = Find($"{{ {string.Join(',', row)} }}").ToList();

        Assert.Equal(isFine ? [] : ["has 501 nodes that read one from the other in a row; at most 500 are allowed"],
            found.Select(hazard => hazard.Reason));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("class")]
    [InlineData("input")]
    public void Names_beyond_all_measure_are_found_and_not_repeated(string what)
    {
        string Name(string of) => of == what ? new string('n', 100_000) : of;

        var hazard = Assert.Single(Find(
            $$"""{ "{{Name("id")}}": { "class_type": "{{Name("class")}}", "inputs": { "{{Name("input")}}": 1 } } }"""));

        Assert.Contains("100000 characters; at most 200", hazard.Reason, StringComparison.Ordinal);
        Assert.True(hazard.ToString().Length < 300, hazard.ToString());
    }

    [Fact]
    public void However_much_is_wrong_little_is_told()
    {
        var longName = new string('n', 100_000);
        var links = string.Join(',', Enumerable.Range(0, 10_000).Select(n => $"\"{n}\": [\"{longName[..90]}\", 0]"));
        var found = Find($"{{ {Node(longName, links)}, {Node("2", links)} }}").ToList();

        Assert.Equal(GraphHazards.MostTold + 1, found.Count);
        Assert.Equal(new GraphHazard("", "has more that is wrong than these 20"), found[^1]);
        Assert.True(found.Sum(hazard => hazard.ToString().Length) < 10_000);
    }

    [Fact]
    public void All_of_them_are_told_at_once() => Assert.Equal(
        ["1.inputs", "2.class_type", "3", "4.inputs.x"],
        Find("""
            {
              "1": { "class_type": "A" }, "2": { "inputs": {} }, "3": [],
              "4": { "class_type": "A", "inputs": { "x": ["9", 0], "y": ["1", 0] } }
            }
            """).Select(hazard => hazard.Place));

    private static string Node(string id, string inputs) =>
        $$"""  "{{id}}": { "class_type": "A", "inputs": { {{inputs}} } }""";

    private static void AssertHazard(string graph, string place, string reason)
    {
        var hazard = Assert.Single(Find(graph));

        Assert.Equal(place, hazard.Place);
        Assert.Contains(reason, hazard.Reason, StringComparison.Ordinal);
    }

    private static IEnumerable<GraphHazard> Find(string graph)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(graph));
        return GraphHazards.Find(document.RootElement);
    }
}
