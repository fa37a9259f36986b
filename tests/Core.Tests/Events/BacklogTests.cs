using AkkaComfy.Core.Events;
using AkkaComfy.Core.Tests.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Events.Happening;

namespace AkkaComfy.Core.Tests.Events;

public sealed class BacklogTests
{
    [Fact]
    public void Of_progress_previews_and_instances_only_the_latest_is_kept_and_of_changes_all()
    {
        var backlog = BacklogOf(
            100, Changed(0, 1), Progressed(0, 10), Progressed(1, 50), Previewed(0, 1), Instance(AJob.A, 1),
            Instance(AJob.B, 1), Progressed(0, 20), Previewed(0, 2), Instance(AJob.A, 2), Changed(0, 2));

        Assert.Equal(
            [
                Changed(0, 1), Progressed(1, 50), Instance(AJob.B, 1), Progressed(0, 20),
                backlog.Occurrences[4].What, Instance(AJob.A, 2), Changed(0, 2),
            ],
            Heard(backlog));
        Assert.Equal(2, Assert.IsType<LiveEvents.JobPreviewed>(backlog.Occurrences[4].What).Image.Span[0]);
    }

    [Fact]
    public void Progress_gives_way_to_changes()
    {
        var backlog = BacklogOf(3, Progressed(0, 10), Progressed(1, 10), Changed(0, 1), Changed(0, 2), Ended(0, 3));

        Assert.Equal([Changed(0, 1), Changed(0, 2), Ended(0, 3)], Heard(backlog));
        Assert.Equal(Gap.None, backlog.Gap);
    }

    [Fact]
    public void Progress_that_finds_no_room_is_let_go_and_nothing_else_is()
    {
        var backlog = BacklogOf(2, Changed(0, 1), Changed(0, 2), Progressed(0, 10));

        Assert.Equal([Changed(0, 1), Changed(0, 2)], Heard(backlog));
        Assert.Equal(Gap.None, backlog.Gap);
    }

    [Fact]
    public void More_changes_than_fit_are_let_go_and_the_listener_is_told_up_to_where()
    {
        var backlog = new Backlog(2);
        for (var number = 1; number <= 5; number++)
        {
            backlog.Add(new Occurrence(Changed(0, number), number));
        }

        Assert.Equal((Gap.Overflow, 5), (backlog.Gap, backlog.Last));
        Assert.Empty(backlog.Occurrences);
    }

    [Fact]
    public void After_a_recovery_the_listener_has_to_look_for_itself()
    {
        var backlog = BacklogOf(10, Changed(0, 1), new LiveEvents.Recovered(AJob.Then), Changed(0, 2));

        Assert.Equal(Gap.Recovery, backlog.Gap);
        Assert.Empty(backlog.Occurrences);
    }

    /// <summary>A slow reader takes what there is now and then; the rest is added behind it.</summary>
    [Fact]
    public void However_slowly_it_is_read_no_change_is_lost_or_out_of_order_unless_it_is_said()
    {
        const int read = 0;
        Properties.HoldForScripts(8, script =>
        {
            var (backlog, limit, versions) = (new Backlog(5), 5, new int[3]);
            var (told, published) = (new List<LiveEvents.JobChanged>(), new List<LiveEvents.JobChanged>());
            var progress = new Dictionary<JobId, (int Heard, int Said)>();
            foreach (var (step, at) in script.Append(read).Select((step, at) => (step, at)))
            {
                switch (step)
                {
                    case read:
                        Take();
                        backlog = new Backlog(limit);
                        break;
                    case <= 3:
                        published.Add(Changed(step - 1, ++versions[step - 1]));
                        backlog.Add(new Occurrence(published[^1], published.Count));
                        break;
                    case <= 6:
                        progress[JobIds[step - 4]] = (progress.GetValueOrDefault(JobIds[step - 4]).Heard, at);
                        backlog.Add(new Occurrence(Progressed(step - 4, at)));
                        break;
                    default:
                        backlog.Add(new Occurrence(Instance(AJob.A, at)));
                        break;
                }

                Assert.True(backlog.Occurrences.Count <= limit);
            }

            Assert.Equal(published, told);
            void Take()
            {
                if (backlog.Gap == Gap.Overflow)
                {
                    // What a snapshot then shows.
                    Assert.Equal(published.Count, backlog.Last);
                    told = [.. published];
                }

                foreach (var what in Heard(backlog))
                {
                    if (what is LiveEvents.JobChanged change)
                    {
                        told.Add(change);
                    }
                    else if (what is LiveEvents.JobProgressed progressed)
                    {
                        var (heard, said) = progress[progressed.JobId];
                        Assert.True(progressed.Progress.Percentage > heard || heard == 0);
                        Assert.Equal(said, progressed.Progress.Percentage);
                        progress[progressed.JobId] = (progressed.Progress.Percentage, said);
                    }
                }
            }
        });
    }
}
