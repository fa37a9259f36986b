using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using FsCheck;
using FsCheck.Fluent;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <summary>Whatever happens to jobs, and whatever is asked in between, a store answers as a plain list would.</summary>
public sealed class StoreProperties
{
    private const int Steps = 4000;

    [Fact]
    public void The_memory_store_agrees_with_the_model() =>
        Hold(count: 150, script => RunAsync(script, new MemoryStores()));

    [Fact]
    public void The_SQLite_store_agrees_with_the_model_also_when_it_is_closed_and_opened_between_any_two_steps() =>
        Hold(count: 25, script => RunAsync(script, new SqliteStores()));

    private static void Hold(int count, Func<int[], Task> run) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(60),
        Prop.ForAll(Arb.From(Gen.Choose(0, Steps - 1).ArrayOf(), Shorter), script => run(script)));

    private static IEnumerable<int[]> Shorter(int[] script)
    {
        for (var length = script.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= script.Length; at += length)
            {
                yield return [.. script[..at], .. script[(at + length)..]];
            }
        }
    }

    private static async Task RunAsync(int[] script, IStores stores)
    {
        await using (stores)
        {
            var run = new StoreRun(stores);
            foreach (var step in script)
            {
                await run.DoAsync(step);
            }

            await run.CompareAsync();
        }
    }

    /// <summary>A store that can be closed and opened again.</summary>
    internal interface IStores : IAsyncDisposable
    {
        IJobStore Store { get; }

        /// <returns>False when there is nothing to open again.</returns>
        Task<bool> ReopenAsync();
    }

    private sealed class MemoryStores : IStores
    {
        public IJobStore Store { get; } = new MemoryJobStore();

        public Task<bool> ReopenAsync() => Task.FromResult(false);

        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }

    private sealed class SqliteStores : IStores
    {
        private readonly SqliteFile _file = new();

        public SqliteStores() => Store = _file.Open();

        public IJobStore Store { get; private set; }

        public async Task<bool> ReopenAsync()
        {
            await Store.DisposeAsync();
            Store = _file.Open();
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            _file.Dispose();
        }
    }
}
