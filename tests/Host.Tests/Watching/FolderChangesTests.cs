using AkkaComfy.Host.Watching;

namespace AkkaComfy.Host.Tests.Watching;

public sealed class FolderChangesTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(2);

    private static readonly (string Name, FolderStamp Stamp) Other = ("other", Stamp(9));

    private readonly FolderChanges _changes = new(Settle, Absence);
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public FolderChangesTests() => _changes.Settle(Other.Name, Other.Stamp);

    [Fact]
    public void What_is_as_it_was_is_not_told()
    {
        _changes.Settle("a", Stamp(1));

        Assert.Empty(SeeAfter(TimeSpan.Zero, ("a", Stamp(1))));
        Assert.Empty(SeeAfter(Absence, ("a", Stamp(1))));
        Assert.Null(_changes.NextRest(_now));
    }

    [Fact]
    public void A_folder_that_is_being_written_is_told_once_it_rests()
    {
        for (var length = 1; length < 20; length++)
        {
            Assert.Empty(SeeAfter(Settle - TimeSpan.FromMilliseconds(1), ("a", Stamp(length))));
        }

        Assert.Equal(Settle, _changes.NextRest(_now) - _now);
        Assert.Empty(SeeAfter(Settle / 2, ("a", Stamp(19))));
        Assert.Equal(["a"], SeeAfter(Settle / 2, ("a", Stamp(19))));
    }

    [Fact]
    public void A_change_is_told_until_it_is_dealt_with()
    {
        SeeAfter(TimeSpan.Zero, ("a", Stamp(1)));

        Assert.Equal(["a"], SeeAfter(Settle, ("a", Stamp(1))));
        Assert.Equal(["a"], SeeAfter(Settle, ("a", Stamp(1))));
        Assert.Null(_changes.NextRest(_now));
        _changes.Settle("a", Stamp(1));
        Assert.Empty(SeeAfter(Settle, ("a", Stamp(1))));
    }

    [Fact]
    public void A_folder_that_is_replaced_was_never_gone()
    {
        _changes.Settle("a", Stamp(1));

        Assert.Empty(SeeAfter(TimeSpan.Zero));
        Assert.Empty(SeeAfter(Absence - TimeSpan.FromMilliseconds(1)));
        Assert.Empty(SeeAfter(TimeSpan.FromMilliseconds(1), ("a", Stamp(2))));
        Assert.Equal(["a"], SeeAfter(Settle, ("a", Stamp(2))));
    }

    [Fact]
    public void One_that_stays_away_is_told_after_a_while_and_then_forgotten()
    {
        _changes.Settle("a", Stamp(1));
        SeeAfter(TimeSpan.Zero);

        Assert.Equal(["a"], SeeAfter(Absence));
        _changes.Settle("a", null);
        Assert.Empty(SeeAfter(Absence));
        SeeAfter(TimeSpan.Zero, ("a", Stamp(1)));
        Assert.Equal(["a"], SeeAfter(Settle, ("a", Stamp(1))));
    }

    [Fact]
    public void A_change_that_is_taken_back_in_time_is_none()
    {
        _changes.Settle("a", Stamp(1));

        SeeAfter(TimeSpan.Zero, ("a", Stamp(2)));
        Assert.Empty(SeeAfter(Settle, ("a", Stamp(1))));
        Assert.Empty(SeeAfter(Settle, ("a", Stamp(1))));
    }

    [Fact]
    public void A_folder_that_came_and_went_between_two_looks_leaves_nothing_behind()
    {
        SeeAfter(TimeSpan.Zero, ("a", Stamp(1)));
        Assert.Empty(SeeAfter(TimeSpan.Zero));

        Assert.Empty(SeeAfter(Absence));
        Assert.Null(_changes.NextRest(_now));
    }

    [Fact]
    public void When_no_folder_is_left_at_all_none_is_taken_for_gone()
    {
        _changes.Settle("a", Stamp(1));
        SeeAfter(TimeSpan.Zero);
        _now += Absence;

        Assert.Empty(_changes.See(new Dictionary<string, FolderStamp>(), _now));
        Assert.Empty(SeeAfter(TimeSpan.Zero, ("a", Stamp(1))));
        Assert.Empty(SeeAfter(Absence, ("a", Stamp(1))));
    }

    private static FolderStamp Stamp(long length) => new(new FileStamp(length, default), null);

    private IReadOnlyList<string> SeeAfter(TimeSpan time, params (string Name, FolderStamp Stamp)[] folders)
    {
        _now += time;
        return _changes.See(folders.Append(Other).ToDictionary(folder => folder.Name, folder => folder.Stamp), _now);
    }
}
