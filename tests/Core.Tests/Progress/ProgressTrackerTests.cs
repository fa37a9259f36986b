using AkkaComfy.Core.Progress;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Progress;

public sealed class ProgressTrackerTests
{
    private static readonly Dictionary<string, string> Classes = new()
    {
        ["1"] = "LoadImage", ["2"] = "UpscaleModelLoader", ["3"] = "ImageUpscaleWithModel", ["4:1"] = "SaveImage",
    };

    private readonly ProgressTracker _tracker = new(Classes.Count, Classes.GetValueOrDefault);

    private (int, string?) Now => (_tracker.Current.Percentage, _tracker.Current.Node?.Id);

    [Fact]
    public void At_first_nothing_is_done_and_no_node_runs() => Assert.Equal(new JobProgress(0, null), _tracker.Current);

    [Fact]
    public void Nodes_and_the_steps_of_the_running_one_add_up()
    {
        _tracker.NodesCached(["2"]);
        Assert.Equal((25, null), Now);
        _tracker.NodeStarted("1");
        Assert.Equal((25, "1"), Now);
        _tracker.NodeFinished("1");
        Assert.Equal((50, "1"), Now);
        _tracker.NodeStarted("3");
        Assert.Equal(new CurrentNode("3", "ImageUpscaleWithModel"), _tracker.Current.Node);
        _tracker.NodeProgress("3", 1, 2);
        Assert.Equal((62, "3"), Now);
        _tracker.NodeProgress("3", 2, 2);
        Assert.Equal((75, "3"), Now);
    }

    [Fact]
    public void All_nodes_done_is_99_because_the_job_is_not()
    {
        _tracker.NodesCached(Classes.Keys);

        Assert.Equal(99, _tracker.Current.Percentage);
    }

    [Fact]
    public void It_says_whether_anything_changed()
    {
        Assert.True(_tracker.NodeStarted("1"));
        Assert.False(_tracker.NodeStarted("1"));
        Assert.True(_tracker.NodeProgress("1", 1, 2));
        Assert.False(_tracker.NodeProgress("1", 1, 2));
        Assert.False(_tracker.NodeProgress("1", 1, 2.01));
        Assert.False(_tracker.NodesCached([]));
    }

    [Fact]
    public void A_bar_that_starts_again_does_not_take_it_back()
    {
        _tracker.NodeStarted("3");
        _tracker.NodeProgress("3", 6, 6);
        _tracker.NodeProgress("3", 1, 4);

        Assert.Equal(25, _tracker.Current.Percentage);
        _tracker.NodeProgress("1", 1, 2);
        Assert.Equal(37, _tracker.Current.Percentage);
    }

    [Fact]
    public void Nodes_that_a_node_expanded_into_count_as_that_node()
    {
        _tracker.NodeStarted("3");
        Assert.False(_tracker.NodeStarted("3.0.0.1"));
        _tracker.NodeProgress("3.0.0.1", 1, 2);
        Assert.Equal((12, "3"), Now);
        _tracker.NodeFinished("3.0.0.1");
        Assert.Equal((12, "3"), Now);
        _tracker.NodeFinished("3");
        Assert.Equal((25, "3"), Now);
    }

    [Fact]
    public void A_node_of_a_subgraph_is_a_node_of_its_own()
    {
        _tracker.NodeStarted("4:1");

        Assert.Equal(new CurrentNode("4:1", "SaveImage"), _tracker.Current.Node);
    }

    [Fact]
    public void From_servers_that_do_not_say_which_node_progress_is_of_the_running_one()
    {
        Assert.False(_tracker.NodeProgress(null, 1, 2));
        _tracker.NodeStarted("1");
        _tracker.NodeProgress(null, 1, 2);

        Assert.Equal((12, "1"), Now);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(-1, 2)]
    [InlineData(double.NaN, 2)]
    [InlineData(1, double.NaN)]
    public void Progress_that_makes_no_sense_is_ignored(double value, double max)
    {
        _tracker.NodeStarted("1");

        Assert.False(_tracker.NodeProgress("1", value, max));
    }

    [Fact]
    public void More_than_all_of_a_node_is_all_of_it()
    {
        _tracker.NodeProgress("1", 9, 2);

        Assert.Equal(25, _tracker.Current.Percentage);
    }

    [Fact]
    public void Whatever_is_said_it_stays_from_0_to_99_never_goes_back_and_tells_each_change() =>
        Properties.HoldForScripts(5000, script =>
        {
            var tracker = new ProgressTracker(Classes.Count, Classes.GetValueOrDefault);
            string[] ids = [.. Classes.Keys, "3.0.0.1", "9", "9.1"];
            foreach (var step in script)
            {
                var before = tracker.Current;
                var id = ids[step / 5 % ids.Length];
                var changed = (step % 5) switch
                {
                    0 => tracker.NodesCached([id]),
                    1 => tracker.NodeStarted(id),
                    2 => tracker.NodeFinished(id),
                    3 => tracker.NodeProgress(null, step / 35 % 9, 8),
                    _ => tracker.NodeProgress(id, step / 35 % 9, 8),
                };
                Assert.InRange(tracker.Current.Percentage, before.Percentage, 99);
                Assert.Equal(changed, before != tracker.Current);
            }
        });
}
