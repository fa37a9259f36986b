namespace AkkaComfy.Storage;

/// <summary>What keeps a store from its work.</summary>
public enum StoreFault
{
    /// <summary>No space is left; what frees some ends it.</summary>
    Full,

    /// <summary>It may be read but not written.</summary>
    ReadOnly,

    /// <summary>The disk, or the way to it, fails.</summary>
    InputOutput,

    /// <summary>Somebody else held it locked for too long.</summary>
    Busy,

    /// <summary>What is stored cannot be what was written, or was written by something else.</summary>
    Damaged,
}
