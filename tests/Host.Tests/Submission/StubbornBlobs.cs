using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Tests.Submission;

/// <summary>Files that can be written and read, but neither listed nor deleted.</summary>
internal sealed class StubbornBlobs(IBlobStore inner, Exception failure) : IBlobStore
{
    public IBlobWriter Create() => inner.Create();

    public Stream OpenRead(BlobId id) => inner.OpenRead(id);

    public IBlobDeletion BeginDeletion(IReadOnlyCollection<BlobId> ids) => throw failure;

    public IEnumerable<BlobId> All() => throw failure;
}
