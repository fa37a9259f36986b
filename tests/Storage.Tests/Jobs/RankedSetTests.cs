using FsCheck;
using FsCheck.Fluent;

namespace AkkaComfy.Storage.Tests;

public sealed class RankedSetTests
{
    [Fact]
    public void It_agrees_with_a_sorted_set_whatever_is_added_and_removed() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll<int[]>(script =>
        {
            var ranked = new RankedSet<int>(Comparer<int>.Default);
            var model = new SortedSet<int>();
            foreach (var step in script)
            {
                var item = step / 2 % 12;
                Assert.Equal(
                    step % 2 == 0 ? model.Add(item) : model.Remove(item),
                    step % 2 == 0 ? ranked.Add(item) : ranked.Remove(item));
                Assert.Equal(model.Count, ranked.Count);
                for (var asked = -12; asked <= 12; asked++)
                {
                    Assert.Equal(model.Contains(asked), ranked.Contains(asked));
                    Assert.Equal(model.Count(other => other < asked), ranked.RankOf(asked));
                }
            }
        }));

    [Fact]
    public void Items_added_in_order_as_a_queue_adds_them_do_not_make_it_as_deep_as_it_is_long()
    {
        var ranked = new RankedSet<int>(Comparer<int>.Default);
        for (var item = 0; item < 50_000; item++)
        {
            ranked.Add(item);
        }

        Assert.Equal(12_345, ranked.RankOf(12_345));
    }
}
