using AkkaComfy.Core.Jobs;

namespace AkkaComfy.Storage;

/// <summary>A folder for people, into which the outputs of completed jobs are copied as well; nothing is ever read from it.</summary>
/// <remarks>A file appears under its name only when it is whole.</remarks>
public sealed class OutputFolder(string path, IBlobStore blobs) : IDisposable
{
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);

    /// <returns>How many files were saved: all of them, or it throws.</returns>
    public async Task<int> SaveAsync(Job job, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(path);
            foreach (var output in job.Outputs)
            {
                var name = OutputNames.Of(job.Id, output);
                await using var from = blobs.OpenRead(output.Blob.Id);
                await SaveAsync(from, name, cancellationToken);
            }

            return job.Outputs.Length;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task SaveAsync(Stream from, string name, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(path, $".{name}.part");
        try
        {
            await using (var to = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await from.CopyToAsync(to, cancellationToken);
            }

            File.Move(unfinished, Path.Combine(path, name), overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
