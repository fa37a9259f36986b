using AkkaComfy.Core.Placement;
using AkkaComfy.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaComfy.Core.Tests.Placement;

public sealed class PlacementProperties
{
    private static readonly QueueName[] Workflows = [new("a"), new("b")];

    /// <summary>A fleet, a window and a limit, all at random.</summary>
    private sealed record Situation(FleetMember[] Fleet, WaitingJob[] Window, int MaxActive, string Policy, int Seed)
    {
        public Placed Run() => PlacementRound.Run(
            Window, Fleet, MaxActive, Placements.Create(Policy, new Random(Seed).NextDouble), last: null);
    }

    private static JobId Job(int n) => new(new Guid(n, 0, 0, new byte[8]));

    private static Gen<FleetMember> Members(int number) =>
        from active in Gen.Choose(0, 3)
        from max in Gen.Choose(1, 3)
        from takes in Gen.Choose(0, 3)
        from lacks in Gen.Choose(0, 3)
        from weight in Gen.Choose(1, 5)
        select new FleetMember(new InstanceId($"i{number}"), takes > 0, active, max)
        {
            Weight = weight,
            Lacks = lacks == 0 ? new HashSet<QueueName> { Workflows[0] } : new HashSet<QueueName>(),
        };

    private static readonly Gen<Situation> Situations =
        from size in Gen.Choose(0, 6)
        from fleet in Gen.CollectToArray(Enumerable.Range(0, size), Members)
        from waiting in Gen.Choose(0, 20)
        from jobs in Gen.CollectToArray(
            Enumerable.Range(1, waiting),
            n => from workflow in Gen.Elements(Workflows)
                 from avoid in Gen.Choose(-6, 6)
                 select new WaitingJob(
                     Job(n),
                     workflow,
                     avoid < 0 ? null : new InstanceId($"i{avoid}")))
        from maxActive in Gen.Choose(0, 12)
        from policy in Gen.Elements(Placements.Names)
        from seed in Gen.Choose(0, 1000)
        select new Situation(fleet, jobs, maxActive, policy, seed);

    [Fact]
    public void No_limit_is_ever_exceeded() => Properties.Hold(Situations, given =>
    {
        var placed = given.Run();

        Assert.True(placed.Picks.Length <= Math.Max(0, given.MaxActive - given.Fleet.Sum(member => member.ActiveJobs)));
        foreach (var member in given.Fleet)
        {
            var more = placed.Picks.Count(pick => pick.On == member.Id);
            Assert.True(more == 0 || member.ActiveJobs + more <= member.MaxJobs);
        }
    });

    [Fact]
    public void A_job_is_placed_at_most_once_and_only_where_it_can_run() => Properties.Hold(Situations, given =>
    {
        var placed = given.Run();

        Assert.Equal(placed.Picks.Length, placed.Picks.Select(pick => pick.Job).Distinct().Count());
        Assert.All(placed.Picks, pick =>
        {
            var job = given.Window.Single(job => job.Id == pick.Job);
            Assert.True(given.Fleet.Single(member => member.Id == pick.On).CanRun(job.Queue));
        });
    });

    [Fact]
    public void No_slot_is_left_empty_that_a_waiting_job_could_have() => Properties.Hold(Situations, given =>
    {
        var placed = given.Run();
        var after = given.Fleet.Select(member => member with
        {
            ActiveJobs = member.ActiveJobs + placed.Picks.Count(pick => pick.On == member.Id),
        }).ToArray();
        if (after.Sum(member => member.ActiveJobs) >= given.MaxActive)
        {
            return;
        }

        var left = given.Window.Where(job => placed.Picks.All(pick => pick.Job != job.Id));
        Assert.All(left, job =>
        {
            var able = after.Where(member => member.CanRun(job.Queue)).ToArray();
            var free = able.Where(member => member.HasFreeSlot).ToArray();
            Assert.True(free.Length == 0 || (free is [var only] && only.Id == job.Avoid && able.Length > 1));
        });
    });

    [Fact]
    public void Of_two_jobs_alike_the_first_in_the_window_goes_first() => Properties.Hold(Situations, given =>
    {
        var placed = given.Run().Picks.Select(pick => pick.Job).ToHashSet();

        foreach (var alike in given.Window.GroupBy(job => (job.Queue, job.Avoid)))
        {
            var order = alike.Select(job => placed.Contains(job.Id)).ToArray();
            Assert.Equal(order.OrderDescending(), order);
        }
    });

    [Fact]
    public void The_same_situation_is_always_decided_alike() => Properties.Hold(Situations, given =>
        Assert.Equal(given.Run().Picks.AsEnumerable(), given.Run().Picks.AsEnumerable()));

    [Fact]
    public void Equal_instances_are_kept_within_one_job_of_each_other() => Properties.Hold(
        from instances in Gen.Choose(1, 8)
        from jobs in Gen.Choose(0, 60)
        from policy in Gen.Elements("least-loaded", "round-robin", "weighted")
        select new Situation(
            [.. Enumerable.Range(0, instances).Select(n => new FleetMember(new InstanceId($"i{n}"), true, 0, 10))],
            [.. Enumerable.Range(1, jobs).Select(n => new WaitingJob(Job(n), Workflows[0], null))],
            MaxActive: 1000,
            policy,
            Seed: 0),
        given =>
        {
            var placed = given.Run();
            var counts = given.Fleet.Select(member => placed.Picks.Count(pick => pick.On == member.Id)).ToArray();
            Assert.Equal(Math.Min(given.Window.Length, 10 * given.Fleet.Length), counts.Sum());
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        });
}
