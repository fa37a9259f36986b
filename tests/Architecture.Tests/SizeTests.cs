namespace AkkaComfy.Architecture.Tests;

/// <summary>Limits that keep the tree readable.</summary>
public sealed class SizeTests
{
    [Theory]
    [InlineData("src", 0)]
    [InlineData("runtime", 3)]
    public void Files_stay_under_300_lines(string folder, int exceptions)
    {
        var long_ = Repository.Sources(folder)
            .Where(file => File.ReadLines(file).Count() > 300)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .ToList();

        Assert.True(long_.Count <= exceptions, string.Join(", ", long_));
    }
}
