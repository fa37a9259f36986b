using System.Security.Cryptography;
using AkkaComfy.Storage;

namespace AkkaComfy.EndToEnd.Crashes;

/// <summary>What lies in the data directory of a service that does not run.</summary>
/// <param name="Missing">Files that a job names, and that are not there or hold something else.</param>
/// <param name="Orphans">Files that no job names.</param>
internal sealed record StoredData(int Jobs, IReadOnlyList<string> Missing, IReadOnlyList<string> Orphans)
{
    private const int ShardLength = 2;
    private const int Page = 500;

    public static async Task<StoredData> ReadAsync(string directory)
    {
        var jobs = 0;
        var named = new HashSet<string>(StringComparer.Ordinal);
        await using (var store = SqliteJobStore.Open(Path.Combine(directory, "jobs.db"), TimeProvider.System))
        {
            long? after = null;
            do
            {
                var page = await store.ListAsync(new JobFilter(), after, Page, CancellationToken.None);
                named.UnionWith(page.Jobs.SelectMany(job => job.Blobs).Select(blob => blob.Id.Value));
                (jobs, after) = (jobs + page.Jobs.Count, page.Next);
            }
            while (after is not null);
        }

        var blobs = Path.Combine(directory, "blobs");
        var stored = Directory.EnumerateFiles(blobs, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(blobs, file).Replace("/", "", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        return new StoredData(jobs, [.. named.Where(name => !IsWhole(blobs, name))], [.. stored.Except(named)]);
    }

    private static bool IsWhole(string blobs, string name)
    {
        var file = new FileInfo(Path.Combine(blobs, name[..ShardLength], name[ShardLength..]));
        return file.Exists && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName))) == name;
    }
}
