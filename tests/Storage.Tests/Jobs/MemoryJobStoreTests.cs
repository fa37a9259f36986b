namespace AkkaComfy.Storage.Tests;

public sealed class MemoryJobStoreTests : JobStoreContract
{
    protected override ValueTask<IJobStore> OpenAsync() => new(new MemoryJobStore());
}
