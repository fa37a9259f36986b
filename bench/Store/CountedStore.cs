using System.Reflection;
using AkkaComfy.Storage;

namespace AkkaComfy.Bench.Store;

/// <summary>A job store that counts the batches it commits.</summary>
public class CountedStore : DispatchProxy
{
    private IJobStore _inner = null!;
    private int _batches;

    public int Batches => _batches;

    public static (IJobStore Store, CountedStore Count) Around(IJobStore inner)
    {
        var store = Create<IJobStore, CountedStore>();
        var counted = (CountedStore)(object)store;
        counted._inner = inner;
        return (store, counted);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IJobStore.CommitAsync))
        {
            Interlocked.Increment(ref _batches);
        }

        return targetMethod.Invoke(_inner, args);
    }
}
