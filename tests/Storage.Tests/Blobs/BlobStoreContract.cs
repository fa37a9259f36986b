using System.Security.Cryptography;
using System.Text;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage.Tests;

/// <summary>What every blob store keeps to.</summary>
public abstract class BlobStoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    protected abstract IBlobStore Store { get; }

    [Fact]
    public async Task A_file_is_read_as_it_was_written_under_the_hash_of_its_content()
    {
        using var pin = await WriteAsync("hello");

        Assert.Equal(
            new BlobRef(
                new BlobId("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"), 5, "text/plain"),
            pin.Blob);
        Assert.Equal("hello", await ReadAsync(pin.Blob.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(81_920)]
    [InlineData(1_000_003)]
    public async Task A_file_written_in_pieces_is_whole(int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
        {
            bytes[i] = (byte)(i * 31);
        }

        await using var writer = Store.Create();
        for (var at = 0; at < size; at += 70_000)
        {
            await writer.Stream.WriteAsync(bytes.AsMemory(at, Math.Min(70_000, size - at)));
        }

        using var pin = await writer.CompleteAsync("image/png", None);

        Assert.Equal(size, pin.Blob.Size);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), pin.Blob.Id.Value);
        using var read = new MemoryStream();
        await using var stored = Store.OpenRead(pin.Blob.Id);
        await stored.CopyToAsync(read);
        Assert.Equal(bytes, read.ToArray());
    }

    [Fact]
    public async Task Equal_files_are_one()
    {
        using var first = await WriteAsync("same");
        using var second = await WriteAsync("same");

        Assert.Equal(first.Blob, second.Blob);
        Assert.Equal("same", await ReadAsync(first.Blob.Id));
    }

    [Fact]
    public async Task A_file_not_completed_is_not_there()
    {
        await using (var writer = Store.Create())
        {
            await writer.Stream.WriteAsync("abandoned"u8.ToArray());
        }

        Assert.Throws<FileNotFoundException>(() => Store.OpenRead(IdOf("abandoned")));
    }

    [Fact]
    public void A_file_never_written_is_not_found() =>
        Assert.Throws<FileNotFoundException>(() => Store.OpenRead(IdOf("never")));

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    public void What_is_no_hash_is_refused(string id) =>
        Assert.Throws<ArgumentException>(() => Store.OpenRead(new BlobId(id)));

    [Fact]
    public async Task A_pinned_file_is_not_deleted_and_a_free_one_is()
    {
        var pin = await WriteAsync("x");
        var other = await WriteAsync("x");

        pin.Dispose();
        pin.Dispose();
        Assert.Equal(0, Delete("x"));
        Assert.Equal("x", await ReadAsync(pin.Blob.Id));

        other.Dispose();
        Assert.Equal(1, Delete("x"));
        Assert.Throws<FileNotFoundException>(() => Store.OpenRead(pin.Blob.Id));
    }

    [Fact]
    public async Task A_file_may_be_written_again_after_its_deletion()
    {
        (await WriteAsync("x")).Dispose();
        Delete("x");

        using var pin = await WriteAsync("x");
        Assert.Equal("x", await ReadAsync(pin.Blob.Id));
    }

    [Fact]
    public async Task Who_pins_a_file_while_its_deletion_is_under_way_saves_it_even_having_let_go_again()
    {
        (await WriteAsync("x")).Dispose();
        using var deletion = Store.BeginDeletion([IdOf("x")]);

        (await WriteAsync("x")).Dispose();

        Assert.Equal(0, deletion.Delete([IdOf("x")]));
        Assert.Equal("x", await ReadAsync(IdOf("x")));
    }

    [Fact]
    public async Task Who_held_a_file_when_its_deletion_began_saves_it_even_having_let_go_since()
    {
        var pin = await WriteAsync("x");
        using var deletion = Store.BeginDeletion([IdOf("x")]);
        pin.Dispose();

        Assert.Equal(0, deletion.Delete([IdOf("x")]));
        Assert.Equal("x", await ReadAsync(IdOf("x")));
    }

    [Fact]
    public async Task A_deletion_deletes_nothing_that_it_did_not_begin_with_and_nothing_after_its_end()
    {
        (await WriteAsync("x")).Dispose();
        (await WriteAsync("y")).Dispose();
        var deletion = Store.BeginDeletion([IdOf("x")]);

        Assert.Equal(0, deletion.Delete([IdOf("y")]));
        deletion.Dispose();
        Assert.Equal(0, deletion.Delete([IdOf("x")]));
        Assert.Equal("xy", await ReadAsync(IdOf("x")) + await ReadAsync(IdOf("y")));
    }

    [Fact]
    public async Task A_reader_reads_to_the_end_what_is_deleted_meanwhile()
    {
        var text = new string('x', 300_000);
        (await WriteAsync(text)).Dispose();
        using var reader = new StreamReader(Store.OpenRead(IdOf(text)));
        Assert.Equal('x', (char)reader.Read());

        Assert.Equal(1, Delete(text));

        Assert.Equal(text.Length - 1, (await reader.ReadToEndAsync()).Length);
    }

    [Fact]
    public async Task A_sweep_keeps_what_a_job_names_and_what_is_pinned()
    {
        await using var jobs = new MemoryJobStore();
        using (var kept = await WriteAsync("kept"))
        {
            await jobs.CommitAsync([StoredJobs.New(inputs: StoredJobs.ImageOf(kept.Blob.Id)).Submission()], None);
        }

        using var pinned = await WriteAsync("pinned");
        (await WriteAsync("stale")).Dispose();
        Assert.Equal(3, Store.All().Count());

        Assert.Equal(1, await Store.SweepAsync(jobs, None));

        Assert.Equal("kept", await ReadAsync(IdOf("kept")));
        Assert.Equal("pinned", await ReadAsync(IdOf("pinned")));
        Assert.Throws<FileNotFoundException>(() => Store.OpenRead(IdOf("stale")));
    }

    [Fact]
    public async Task A_completed_writer_cannot_complete_again()
    {
        await using var writer = Store.Create();
        using var pin = await writer.CompleteAsync("text/plain", None);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.CompleteAsync("text/plain", None));
    }

    [Fact]
    public async Task Under_writers_and_deleters_of_the_same_few_files_no_pinned_file_is_ever_gone()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var round = 0; round < 60; round++)
            {
                var text = $"file {(n + round) % 3}";
                using (var pin = await WriteAsync(text))
                {
                    Delete(text);
                    Assert.Equal(text, await ReadAsync(pin.Blob.Id));
                }

                Delete(text);
            }
        })));

        Assert.All(
            Enumerable.Range(0, 3).Select(n => $"file {n}"),
            text =>
            {
                Delete(text);
                Assert.Throws<FileNotFoundException>(() => Store.OpenRead(IdOf(text)));
            });
    }

    [Fact]
    public async Task Under_jobs_that_come_and_go_a_file_that_a_job_names_is_always_there()
    {
        await using var jobs = new MemoryJobStore();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var round = 0; round < 40; round++)
            {
                var text = $"image {(n + round) % 2}";
                Job job;
                using (var pin = await WriteAsync(text))
                {
                    job = StoredJobs.New(inputs: StoredJobs.ImageOf(pin.Blob.Id));
                    await jobs.CommitAsync([job.Submission()], None);
                }

                Assert.Equal(text, await ReadAsync(IdOf(text)));
                var cancelled = job.After(job.Cancelled());
                var expired = cancelled.After.After(cancelled.After.Expired(StoredJobs.Then));
                await jobs.CommitAsync([cancelled, expired], None);
                await Store.DeleteUnusedAsync(jobs, [IdOf(text)], None);
            }
        })));
    }

    private static BlobId IdOf(string text) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    private int Delete(string text)
    {
        using var deletion = Store.BeginDeletion([IdOf(text)]);
        return deletion.Delete([IdOf(text)]);
    }

    private async Task<IBlobPin> WriteAsync(string text)
    {
        await using var writer = Store.Create();
        await writer.Stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        return await writer.CompleteAsync("text/plain", None);
    }

    private async Task<string> ReadAsync(BlobId id)
    {
        using var reader = new StreamReader(Store.OpenRead(id));
        return await reader.ReadToEndAsync();
    }
}
