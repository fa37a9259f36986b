using System.Text.Json.Nodes;
using AkkaComfy.Actors.Execution;
using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Tests.Execution;

/// <summary>Which nodes are made to run again, and how.</summary>
public sealed class CacheBreakerTests
{
    [Fact]
    public void Only_nodes_that_were_cached_and_made_files_are_stale() =>
        Assert.Equal<string>(["3"], CacheBreaker.StaleNodes(Entry("1", "3"), heard: null));

    [Fact]
    public void What_the_history_says_was_cached_counts_before_the_socket() =>
        Assert.Empty(CacheBreaker.StaleNodes(Entry("1"), heard: ["3", "4"]));

    [Fact]
    public void Without_a_status_the_socket_says_what_was_cached() =>
        Assert.Equal<string>(["4"], CacheBreaker.StaleNodes(Entry() with { Messages = [] }, heard: ["4"]));

    [Fact]
    public void Where_nobody_says_so_every_file_may_come_from_the_cache() =>
        Assert.Equal<string>(["3", "4"], CacheBreaker.StaleNodes(Entry() with { Messages = [] }, heard: null));

    [Fact]
    public void Those_nodes_are_changed_and_no_other()
    {
        var graph = JsonNode.Parse("""{"3": {"inputs": {"a": 1}}, "4": {"inputs": {"a": 1}}}""")!.AsObject();

        var broken = CacheBreaker.Apply(new PromptRequest(graph, "p"), ["3", "not in the graph"]);

        Assert.Equal("""{"3":{"inputs":{"a":1,"akkacomfy_again":"p"}},"4":{"inputs":{"a":1}}}""",
            broken.Graph.ToJsonString());
        Assert.Equal("""{"3":{"inputs":{"a":1}},"4":{"inputs":{"a":1}}}""", graph.ToJsonString());
    }

    private static HistoryEntry Entry(params string[] cached) => new("p", HistoryOutcome.Succeeded,
    [
        new NodeOutput("1", "1", "text", [], ["a word"]),
        new NodeOutput("3", "3", "images", [new OutputFile("a.png", "", "output")], []),
        new NodeOutput("4", "4", "images", [new OutputFile("b.png", "", "output")], []),
    ])
    {
        Messages = [new ComfyMessage.ExecutionCached("p", cached)],
    };
}
