using AkkaComfy.Core.Placement;
using AkkaComfy.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaComfy.Core.Tests.Placement;

/// <summary>What each policy promises of its own, whatever it is asked.</summary>
public sealed class PolicyProperties
{
    /// <summary>A choice to make.</summary>
    private sealed record Question(Candidate[] Candidates, InstanceId? Last, int Seed);

    private static readonly Gen<Question> Questions =
        from size in Gen.Choose(1, 8)
        from candidates in Gen.CollectToArray(
            Enumerable.Range(0, size),
            n => from active in Gen.Choose(0, 5)
                 from weight in Gen.Choose(1, 100)
                 select new Candidate(Id(n), active, weight))
        from last in Gen.Choose(-1, 9)
        from seed in Gen.Choose(0, 10_000)
        select new Question(candidates, last < 0 ? null : Id(last), seed);

    private static InstanceId Id(int n) => new($"i{n}");

    private static Candidate Choose(IPlacement policy, Question asked)
    {
        var chosen = policy.Choose(asked.Candidates, asked.Last);
        return Assert.Single(asked.Candidates, candidate => candidate.Id == chosen);
    }

    [Fact]
    public void Every_policy_chooses_one_of_the_candidates() => Properties.Hold(Questions, asked =>
        Assert.All(Placements.Names, name =>
            Choose(Placements.Create(name, new Random(asked.Seed).NextDouble), asked)));

    [Fact]
    public void Least_loaded_never_passes_over_a_less_busy_one() => Properties.Hold(Questions, asked =>
        Assert.Equal(
            asked.Candidates.Min(candidate => candidate.ActiveJobs), Choose(new LeastLoaded(), asked).ActiveJobs));

    [Fact]
    public void Power_of_two_draws_two_different_ones_and_never_takes_the_busier() => Properties.Hold(
        from size in Gen.Choose(2, 8)
        from first in Gen.Choose(0, size - 1)
        from second in Gen.Choose(0, size - 2)
        from active in Gen.Choose(0, 5).ArrayOf(size)
        select (size, first, second, active),
        given =>
        {
            var (size, first, second, active) = given;
            var draws = new Queue<double>([(first + 0.5) / size, (second + 0.5) / (size - 1)]);
            var drawn = (First: first, Second: second >= first ? second + 1 : second);
            Candidate[] candidates = [.. active.Select((jobs, n) => new Candidate(Id(n), jobs, 1))];

            var chosen = new PowerOfTwo(draws.Dequeue).Choose(candidates, null);

            Assert.NotEqual(drawn.First, drawn.Second);
            Assert.Equal(
                active[drawn.Second] < active[drawn.First] ? Id(drawn.Second) : Id(drawn.First), chosen);
        });

    [Fact]
    public void Power_of_two_comes_to_every_pair_at_any_chance() => Properties.Hold(
        Gen.Choose(1, 8),
        size =>
        {
            Candidate[] candidates = [.. Enumerable.Range(0, size).Select(n => new Candidate(Id(n), 0, 1))];
            var policy = new PowerOfTwo(new Random(size).NextDouble);

            var chosen = Enumerable.Range(0, 1000).Select(_ => policy.Choose(candidates, null)).ToHashSet();

            Assert.Equal(size, chosen.Count);
            Assert.Equal(Id(size - 1), new PowerOfTwo(() => Math.BitDecrement(1)).Choose(candidates, null));
        },
        count: 20);

    [Fact]
    public void Weighted_shares_active_jobs_as_the_weights_are() => Properties.Hold(
        from size in Gen.Choose(1, 6)
        from weights in Gen.Choose(1, 100).ArrayOf(size)
        from jobs in Gen.Choose(0, 300)
        select (weights, jobs),
        given =>
        {
            var (weights, jobs) = given;
            var active = new int[weights.Length];
            InstanceId? last = null;
            for (var i = 0; i < jobs; i++)
            {
                Candidate[] now = [.. active.Select((count, n) => new Candidate(Id(n), count, weights[n]))];
                last = new Weighted().Choose(now, last);
                active[Array.FindIndex(now, candidate => candidate.Id == last)]++;
            }

            // One more job would not have weighed less on any other: no share is off by more than one job.
            Assert.All(Pairs(weights.Length), pair => Assert.True(
                active[pair.One] * weights[pair.Other] <= (active[pair.Other] + 1) * weights[pair.One],
                $"{string.Join(' ', active)} for weights {string.Join(' ', weights)}"));
        });

    private static IEnumerable<(int One, int Other)> Pairs(int count) =>
        from one in Enumerable.Range(0, count)
        from other in Enumerable.Range(0, count)
        select (one, other);
}
