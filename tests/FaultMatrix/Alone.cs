namespace AkkaComfy.FaultMatrix;

/// <summary>What is measured of this process, or by the clock, runs after all else and by itself.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
