using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Jobs;

public sealed class ReadFenceTests
{
    private static readonly JobId Job = AJob.Id;

    private readonly ReadFence _fence = new();

    [Fact]
    public void What_passes_during_a_reading_makes_it_stale_for_that_job_only()
    {
        var reading = _fence.Begin();
        _fence.Pass(Job);

        Assert.True(_fence.IsStale(reading, Job));
        Assert.False(_fence.IsStale(reading, JobId.New(AJob.Then)));
    }

    [Fact]
    public void A_reading_begun_after_a_job_passed_is_not_stale()
    {
        var earlier = _fence.Begin();
        _fence.Pass(Job);
        var later = _fence.Begin();

        Assert.False(_fence.IsStale(later, Job));
        _fence.End(later);
        Assert.True(_fence.IsStale(earlier, Job));
    }

    [Fact]
    public void A_job_that_passes_twice_is_stale_for_readings_between()
    {
        var outer = _fence.Begin();
        _fence.Pass(Job);
        var inner = _fence.Begin();
        _fence.Pass(Job);
        _fence.End(outer);

        Assert.True(_fence.IsStale(inner, Job));
        _fence.End(inner);
        Assert.Equal(0, _fence.Count);
    }

    [Fact]
    public void Nothing_is_remembered_that_no_reading_under_way_could_have_missed()
    {
        _fence.Pass(Job);
        Assert.Equal(0, _fence.Count);

        var first = _fence.Begin();
        _fence.Pass(Job);
        var second = _fence.Begin();
        _fence.Pass(JobId.New(AJob.Then));
        _fence.End(first);
        Assert.Equal(1, _fence.Count);
        _fence.End(second);
        Assert.Equal(0, _fence.Count);
    }
}
