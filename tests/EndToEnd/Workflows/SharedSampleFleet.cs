namespace AkkaComfy.EndToEnd.Workflows;

/// <summary>One fleet serves all tests of the sample workflows.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSampleFleet : ICollectionFixture<SampleFleet>
{
    public const string Name = "sample workflows";
}
