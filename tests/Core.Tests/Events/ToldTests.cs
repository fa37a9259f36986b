using AkkaComfy.Core.Events;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Events.Happening;

namespace AkkaComfy.Core.Tests.Events;

public sealed class ToldTests
{
    private static readonly Told Snapshot = new(Version: 4, Attempt: 1, Percentage: 40);

    [Fact]
    public void What_happened_before_the_snapshot_is_no_news()
    {
        Assert.False(Snapshot.IsNews(Changed(0, 4), out _));
        Assert.False(Snapshot.IsNews(Progressed(0, 30), out _));
        Assert.True(Snapshot.IsNews(Changed(0, 5), out _));
        Assert.True(Snapshot.IsNews(Progressed(0, 40), out _));
    }

    [Fact]
    public void A_new_attempt_begins_anew_and_late_progress_of_the_one_before_is_old()
    {
        Assert.True(Snapshot.IsNews(Changed(0, 6, JobStep.Dispatched, attempt: 2), out var told));

        Assert.Equal(new Told(6, 2, 0), told);
        Assert.True(told.IsNews(Progressed(0, 5, attempt: 2), out _));
        Assert.False(told.IsNews(Progressed(0, 90, attempt: 1), out _));
    }

    [Fact]
    public void A_step_within_an_attempt_does_not_take_its_progress_back()
    {
        Assert.True(Snapshot.IsNews(Changed(0, 5, JobStep.CancelRequested), out var told));

        Assert.Equal(40, told.Percentage);
    }

    [Fact]
    public void In_any_mix_of_events_neither_version_nor_progress_goes_back() => Properties.HoldForScripts(100, script =>
    {
        var (told, versions, progress) = (default(Told), new List<int>(), new List<int>());
        foreach (var step in script)
        {
            LiveEvents.IEvent what = step % 2 == 0 ? Changed(0, step) : Progressed(0, step);
            if (told.IsNews(what, out var now))
            {
                told = now;
                versions.Add(told.Version);
                progress.Add(told.Percentage);
            }
        }

        Assert.Equal(versions.Order(), versions);
        Assert.Equal(progress.Order(), progress);
    });
}
