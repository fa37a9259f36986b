using AkkaComfy.Core.Jobs;
using Microsoft.Data.Sqlite;

namespace AkkaComfy.Storage;

/// <summary>The records that were passed over as damaged, each to be told of once; safe for any number of threads.</summary>
internal sealed class UnreadableJobs
{
    /// <summary>A database with more than these is told of often enough.</summary>
    private const int MaxKnown = 1000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<StoreUnavailableException> _untold = [];

    /// <returns>Null for a job that cannot be read; a fault of the disk is none of the job's, and is thrown.</returns>
    public Job? Read(SqliteDataReader row)
    {
        try
        {
            return JobRow.Read(row);
        }
        catch (StoreUnavailableException damaged) when (damaged.Fault == StoreFault.Damaged)
        {
            Note(damaged);
            return null;
        }
    }

    public IReadOnlyList<StoreUnavailableException> TakeUntold()
    {
        lock (_gate)
        {
            StoreUnavailableException[] untold = [.. _untold];
            _untold.Clear();
            return untold;
        }
    }

    private void Note(StoreUnavailableException damaged)
    {
        lock (_gate)
        {
            if (_known.Count < MaxKnown && _known.Add(damaged.Message))
            {
                _untold.Add(damaged);
            }
        }
    }
}
