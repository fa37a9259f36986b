using AkkaComfy.Host.Submission;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Tests.Endpoints;

public sealed class WaitingRoomTests
{
    private static readonly JobId Job = JobId.New(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly WaitingRoom _room = new();

    [Fact]
    public void The_only_one_who_waits_cancels_by_hanging_up() => Assert.Equal(Job, HangUp(Maker(key: null)));

    [Fact]
    public void One_who_is_served_cancels_nothing() => Assert.Null(Maker(key: null).Leave());

    [Fact]
    public void Of_two_with_the_same_key_the_last_to_hang_up_cancels()
    {
        var (maker, other) = (Maker("k"), _room.Enter("k"));

        Assert.Null(HangUp(maker));
        Assert.Equal(Job, HangUp(other));
    }

    [Fact]
    public void A_job_that_another_one_waits_to_the_end_for_is_not_cancelled()
    {
        var (maker, other) = (Maker("k"), _room.Enter("k"));
        HangUp(maker);

        other.Settled();

        Assert.Null(other.Leave());
    }

    [Fact]
    public void A_job_whose_maker_hung_up_is_cancelled_when_the_other_is_refused()
    {
        var (maker, other) = (Maker("k"), _room.Enter("k"));
        HangUp(maker);

        Assert.Equal(Job, other.Leave());
    }

    [Fact]
    public void A_job_that_somebody_follows_is_not_cancelled()
    {
        var (maker, follower) = (Maker("k"), _room.Enter("k"));
        follower.Settled();
        follower.Leave();

        Assert.Null(HangUp(maker));
    }

    [Fact]
    public void A_job_that_no_sync_call_made_is_not_cancelled() => Assert.Null(HangUp(_room.Enter("k")));

    [Fact]
    public void Submissions_with_other_keys_or_none_have_nothing_to_do_with_each_other()
    {
        var (keyed, keyless) = (Maker("k"), Maker(key: null));
        _room.Enter("K");
        _room.Enter(key: null);

        Assert.Equal(Job, HangUp(keyed));
        Assert.Equal(Job, HangUp(keyless));
    }

    [Fact]
    public void A_key_that_comes_again_later_starts_anew()
    {
        HangUp(Maker("k"));

        Assert.Null(_room.Enter("k").Leave());
    }

    private static JobId? HangUp(WaitingRoom.Seat seat)
    {
        seat.HangUp();
        return seat.Leave();
    }

    private WaitingRoom.Seat Maker(string? key)
    {
        var seat = _room.Enter(key);
        seat.Made(Job);
        return seat;
    }
}
