using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Microsoft.Data.Sqlite;

namespace AkkaComfy.Storage;

/// <summary>How jobs and their parts stand in columns.</summary>
internal static class JobRow
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public const string Columns =
        "id, workflow, priority, phase, version, created_at, ended_at, expired_at, body";

    private const string Nowhere = "";

    public static Job Read(SqliteDataReader row)
    {
        var bare = new Job(
            ReadId(row, 0), new WorkflowName(row.GetString(1)), Inputs.Empty, row.GetInt32(2), Time(row.GetInt64(5)))
        {
            Version = row.GetInt32(4),
            EndedAt = OptionalTime(row, 6),
            ExpiredAt = OptionalTime(row, 7),
        };
        return JobDocuments.Read(row.GetString(8), bare with { Phase = PhaseOf(row.GetString(3), bare.Id) });
    }

    public static byte[] Id(JobId id) => id.Value.ToByteArray(bigEndian: true);

    public static JobId ReadId(SqliteDataReader row, int column) =>
        new(new Guid(row.GetFieldValue<byte[]>(column), bigEndian: true));

    public static byte[] Hash(BlobId blob) => Convert.FromHexString(blob.Value);

    public static long? Ticks(DateTimeOffset? time) => time?.UtcTicks;

    public static string Word(JobPhase phase) => phase switch
    {
        JobPhase.Pending => "pending",
        JobPhase.Processing => "processing",
        JobPhase.Completed => "completed",
        JobPhase.Failed => "failed",
        JobPhase.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "a phase that cannot be stored"),
    };

    public static JobPhase PhaseOf(string word, object where) => word switch
    {
        "pending" => JobPhase.Pending,
        "processing" => JobPhase.Processing,
        "completed" => JobPhase.Completed,
        "failed" => JobPhase.Failed,
        "cancelled" => JobPhase.Cancelled,
        _ => throw new StoreUnavailableException(
            StoreFault.Damaged, $"The phase '{word}' stored of {where} is none that this version knows."),
    };

    public static string Word(InstanceId? instance) => instance?.Value ?? Nowhere;

    public static InstanceId? InstanceOf(string word) => word == Nowhere ? null : new InstanceId(word);

    private static DateTimeOffset? OptionalTime(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : Time(row.GetInt64(column));

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
