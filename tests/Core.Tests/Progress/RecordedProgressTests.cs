using System.Text.Json;
using AkkaComfy.Core.Progress;
using AkkaComfy.Traces;

namespace AkkaComfy.Core.Tests.Progress;

/// <summary>What recorded servers said of their nodes, as progress.</summary>
public sealed class RecordedProgressTests
{
    [Theory]
    [InlineData("01b_success_a_with_progress")]
    [InlineData("02_success_b_base64_rembg_save")]
    [InlineData("03b_success_c_upscale_multitile")]
    [InlineData("26_async_node_and_preview_temp")]
    [InlineData("27_expand_and_block")]
    [InlineData("50_old_2023-12-31_all")]
    public void Every_recorded_success_climbs_to_its_end_and_never_back(string trace)
    {
        var runs = Replay(trace).Where(run => run.Succeeded).ToArray();

        Assert.NotEmpty(runs);
        Assert.All(runs, run =>
        {
            Assert.Equal(run.Percentages.Order(), run.Percentages);
            Assert.InRange(run.Percentages[^1], 60, 99);
        });
    }

    [Fact]
    public void The_tiles_of_an_upscaling_are_seen_one_by_one()
    {
        var run = Assert.Single(Replay("03b_success_c_upscale_multitile"));

        Assert.Equal([0, 25, 50, 54, 58, 62, 66, 70, 75, 99], run.Percentages.Distinct());
    }

    [Fact]
    public void A_node_that_expands_is_shown_as_itself()
    {
        var run = Replay("27_expand_and_block")[0];

        Assert.Contains("5", run.Nodes);
        Assert.DoesNotContain(run.Nodes, node => node.Contains('.', StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_of_2023_that_names_no_node_in_its_progress_is_followed_all_the_same()
    {
        var run = Replay("50_old_2023-12-31_all")[0];

        Assert.Equal([0, 33, 50, 66, 99], run.Percentages.Distinct());
    }

    private sealed class Run(ProgressTracker tracker)
    {
        public ProgressTracker Tracker { get; } = tracker;

        public List<int> Percentages { get; } = [];

        public HashSet<string> Nodes { get; } = new(StringComparer.Ordinal);

        public bool Failed { get; set; }

        public bool Succeeded { get; set; }
    }

    /// <summary>Follows each prompt that the trace submits over the socket that saw it run.</summary>
    private static List<Run> Replay(string trace)
    {
        var runs = new Dictionary<string, Run>(StringComparer.Ordinal);
        string? socket = null;
        Run? current = null;
        var graphs = Graphs(trace);
        foreach (var frame in TraceFile.Read(trace).Where(recorded => recorded.Kind == "ws"))
        {
            var message = JsonElement.Parse(frame.Text);
            var (type, data) = (message.GetProperty("type").GetString(), message.GetProperty("data"));
            if (type == "execution_start")
            {
                var id = data.GetProperty("prompt_id").GetString()!;
                socket = frame.Socket;
                current = runs[id] = new Run(new ProgressTracker(graphs[id].Count, graphs[id].GetValueOrDefault));
            }

            if (current is not null && frame.Socket == socket)
            {
                Follow(current, type!, data);
            }
        }

        return [.. runs.Values];
    }

    private static void Follow(Run run, string type, JsonElement data)
    {
        switch (type)
        {
            case "execution_cached":
                run.Tracker.NodesCached(data.GetProperty("nodes").EnumerateArray().Select(id => id.GetString()!));
                break;
            case "executing" when data.GetProperty("node").GetString() is { } node:
                run.Tracker.NodeStarted(node);
                break;
            case "executing":
                run.Succeeded = !run.Failed && run.Tracker.Current.Node is not null;
                break;
            case "execution_interrupted":
            case "execution_error" when data.GetProperty("exception_type").GetString() != "ExecutionBlocked":
                run.Failed = true;
                break;
            case "progress":
                var of = data.TryGetProperty("node", out var id) ? id.GetString() : null;
                var (value, max) = (data.GetProperty("value").GetDouble(), data.GetProperty("max").GetDouble());
                run.Tracker.NodeProgress(of, value, max);
                break;
            case "progress_state":
                foreach (var node in data.GetProperty("nodes").EnumerateObject()
                    .Where(node => node.Value.GetProperty("state").GetString() == "finished"))
                {
                    run.Tracker.NodeFinished(node.Name);
                }

                break;
            case "executed":
                run.Tracker.NodeFinished(data.GetProperty("node").GetString()!);
                break;
        }

        run.Percentages.Add(run.Tracker.Current.Percentage);
        if (run.Tracker.Current.Node is { } shown)
        {
            run.Nodes.Add(shown.Id);
        }
    }

    /// <summary>The class of each node, by prompt.</summary>
    private static Dictionary<string, Dictionary<string, string>> Graphs(string trace) => TraceFile.Read(trace)
        .Where(recorded => recorded.Kind == "http" && recorded.Path == "/prompt" && recorded.Method == "POST"
            && recorded.Body.ValueKind == JsonValueKind.Object && recorded.Body.TryGetProperty("prompt_id", out _))
        .ToDictionary(
            recorded => recorded.Body.GetProperty("prompt_id").GetString()!,
            recorded => recorded.RequestBody.GetProperty("prompt").EnumerateObject().ToDictionary(
                node => node.Name, node => node.Value.GetProperty("class_type").GetString()!, StringComparer.Ordinal),
            StringComparer.Ordinal);
}
