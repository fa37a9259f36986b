namespace AkkaComfy.Host.Settings;

/// <summary>Where jobs are kept.</summary>
public enum JobStoreKind
{
    /// <summary>In a file of the data directory: what was accepted outlives the process.</summary>
    Sqlite,

    /// <summary>In memory: faster, and gone with the process.</summary>
    Memory,
}
