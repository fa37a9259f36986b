using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Tests;

public sealed class PromptHeapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Prompts_leave_in_the_order_of_their_numbers_whatever_is_removed_between(int seed)
    {
        var random = new Random(seed);
        var heap = new PromptHeap();
        var kept = new List<QueueItem>();
        for (var i = 0; i < 500; i++)
        {
            var item = new QueueItem(new PromptNumber(random.Next(-50, 50), false), $"{i}", [], null, []);
            heap.Push(item);
            kept.Add(item);
            if (random.Next(3) != 0)
            {
                continue;
            }

            var removed = kept[random.Next(kept.Count)];
            Assert.True(heap.Remove(removed.Id));
            kept.Remove(removed);
        }

        var expected = kept.OrderBy(item => item.Number.Value).ThenBy(item => item.Id, StringComparer.Ordinal);
        Assert.Equal(expected.Select(item => item.Id), Enumerable.Range(0, kept.Count).Select(_ => heap.Pop().Id));
        Assert.Equal(0, heap.Count);
    }
}
