using AkkaComfy.Core.Placement;
using AkkaComfy.Core.Tests.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Placement;

public sealed class PlacementTests
{
    private static readonly QueueName Upscale = new("upscale-image");
    private static readonly QueueName Rembg = new("remove-background");

    private static FleetMember Member(string id, int active = 0, int max = 2) =>
        new(new InstanceId(id), true, active, max);

    private static WaitingJob[] Jobs(int count, InstanceId? avoid = null) =>
        [.. Enumerable.Range(1, count).Select(n => new WaitingJob(Job(n), Upscale, avoid))];

    private static JobId Job(int n) => new(new Guid(n, 0, 0, new byte[8]));

    private static string Run(
        IEnumerable<WaitingJob> window, FleetMember[] fleet, int maxActive = 100, string policy = "least-loaded")
    {
        var placement = Placements.Create(policy, new Random(1).NextDouble);
        var placed = PlacementRound.Run(window, fleet, maxActive, placement, last: null);
        return string.Join(' ', placed.Picks.Select(pick => $"{pick.Job.Value.ToString()[7]}{pick.On}"));
    }

    [Fact]
    public void Jobs_go_where_the_fewest_run_and_ties_go_round()
    {
        Assert.Equal("1a 2b 3c 4a", Run(Jobs(4), [Member("a"), Member("b"), Member("c")]));
        Assert.Equal("1b 2a 3b", Run(Jobs(4), [Member("a", active: 1), Member("b")]));
    }

    [Fact]
    public void Round_robin_goes_round_however_busy_an_instance_is() =>
        Assert.Equal("1a 2b 3a 4b", Run(Jobs(4), [Member("a", 3, 9), Member("b", 0, 9)], policy: "round-robin"));

    [Fact]
    public void Weighted_fills_the_heavier_first_and_ties_of_equal_weight_go_round()
    {
        FleetMember[] fleet = [Member("a", max: 9), Member("b", max: 9) with { Weight = 3 }, Member("c", max: 9)];

        Assert.Equal("1b 2b 3b 4c 5a 6b", Run(Jobs(6), fleet, policy: "weighted"));
        fleet = [Member("a", active: 1, max: 9), fleet[1] with { ActiveJobs = 5 }, Member("c", active: 1, max: 9)];
        Assert.Equal("1b 2c 3a", Run(Jobs(3), fleet, policy: "weighted"));
    }

    [Fact]
    public void Turns_go_on_from_round_to_round()
    {
        var fleet = new[] { Member("a"), Member("b"), Member("c") };
        var policy = new LeastLoaded();
        InstanceId? last = null;
        var chosen = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var placed = PlacementRound.Run(Jobs(1), fleet, 10, policy, last);
            chosen.Add(placed.Picks[0].On.Value);
            last = placed.Last;
        }

        Assert.Equal(["a", "b", "c", "a", "b"], chosen);
    }

    [Fact]
    public void A_round_without_picks_keeps_the_turn()
    {
        var last = new InstanceId("b");

        Assert.Equal(last, PlacementRound.Run([], [Member("a")], 10, new RoundRobin(), last).Last);
    }

    [Fact]
    public void The_limit_in_all_holds_and_counts_what_runs_on_instances_that_take_no_work()
    {
        var draining = Member("c", active: 1) with { TakesWork = false };

        Assert.Equal("1a", Run(Jobs(4), [Member("a"), Member("b", active: 1), draining], maxActive: 3));
        Assert.Equal("", Run(Jobs(4), [Member("a"), draining], maxActive: 0));
    }

    [Fact]
    public void An_instance_that_takes_no_work_gets_none() =>
        Assert.Equal("1a 2a", Run(Jobs(4), [Member("a"), Member("b") with { TakesWork = false }]));

    [Fact]
    public void A_job_whose_workflow_an_instance_lacks_goes_elsewhere_and_does_not_hold_up_the_next()
    {
        var without = Member("a") with { Lacks = new HashSet<QueueName> { Upscale } };
        WaitingJob[] window = [new(Job(1), Upscale, null), new(Job(2), Rembg, null)];

        Assert.Equal("2a", Run(window, [without]));
        Assert.Equal("1b 2a", Run(window, [without, Member("b")]));
    }

    [Fact]
    public void The_instance_that_failed_a_job_is_avoided_while_another_can_run_it()
    {
        var a = new InstanceId("a");

        Assert.Equal("1b", Run(Jobs(1, avoid: a), [Member("a"), Member("b", active: 1)]));
        Assert.Equal("", Run(Jobs(1, avoid: a), [Member("a"), Member("b", active: 2)]));
        Assert.Equal("1a", Run(Jobs(1, avoid: a), [Member("a"), Member("b") with { TakesWork = false }]));
        Assert.Equal("1a", Run(Jobs(1, avoid: a), [Member("a")]));
    }

    [Theory]
    [InlineData(Blame.Worker, true)]
    [InlineData(Blame.Network, true)]
    [InlineData(Blame.WorkerThisJob, true)]
    [InlineData(Blame.Interrupted, false)]
    public void A_retry_avoids_the_instance_it_failed_on_unless_that_was_not_to_blame(Blame blame, bool avoids)
    {
        var job = AJob.Pending().LosingOn(AJob.A, AJob.Fault(blame));

        Assert.Equal(avoids ? AJob.A : null, WaitingJob.From(job).Avoid);
    }

    [Fact]
    public void A_new_job_avoids_nothing() => Assert.Null(WaitingJob.From(AJob.Pending()).Avoid);

    [Fact]
    public void Policies_have_names_and_an_unknown_one_is_told_apart()
    {
        Assert.Equal(["least-loaded", "power-of-two", "round-robin", "weighted"], Placements.Names);
        Assert.Contains(
            "'Least-Loaded'",
            Assert.Throws<ArgumentException>(() => Placements.Create("Least-Loaded", () => 0)).Message,
            StringComparison.Ordinal);
    }
}
