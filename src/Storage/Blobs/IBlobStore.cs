using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Keeps files by the hash of their content.</summary>
public interface IBlobStore
{
    /// <summary>Begins a new file; nothing is visible before <see cref="IBlobWriter.CompleteAsync"/>.</summary>
    IBlobWriter Create();

    /// <summary>Opens a stored file; throws <see cref="FileNotFoundException"/> when it is not there.</summary>
    Stream OpenRead(BlobId id);

    /// <summary>Begins to delete files that may have fallen out of use; who pins one from now on saves it.</summary>
    /// <remarks>Begin, then look who uses the files, then delete: so no user can slip in between.</remarks>
    IBlobDeletion BeginDeletion(IReadOnlyCollection<BlobId> ids);

    /// <summary>Every stored file, in no order; one that comes or goes meanwhile may be among them or not.</summary>
    IEnumerable<BlobId> All();
}

/// <summary>A file being written: disposing before completion abandons it.</summary>
public interface IBlobWriter : IAsyncDisposable
{
    Stream Stream { get; }

    /// <summary>Makes the bytes durable under their hash.</summary>
    Task<IBlobPin> CompleteAsync(string mediaType, CancellationToken cancellationToken);
}

/// <summary>Holds a file against deletion until disposed: until a job that names it is recorded.</summary>
public interface IBlobPin : IDisposable
{
    BlobRef Blob { get; }
}

/// <summary>A deletion under way: disposing ends it.</summary>
public interface IBlobDeletion : IDisposable
{
    /// <summary>Deletes those that the deletion began with and that nobody has held since.</summary>
    /// <returns>How many files were deleted.</returns>
    /// <exception cref="IOException">Some cannot be deleted; the others are.</exception>
    int Delete(IEnumerable<BlobId> unused);
}
