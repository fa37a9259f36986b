namespace AkkaComfy.Storage;

/// <summary>The store cannot do its work now; nothing was recorded, and trying again later may succeed.</summary>
public sealed class StoreUnavailableException(StoreFault fault, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public StoreFault Fault { get; } = fault;
}
