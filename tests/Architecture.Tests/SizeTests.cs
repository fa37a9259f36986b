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

    /// <summary>Lines of code: what is neither blank, nor comment, nor a lone brace, nor a using or namespace.</summary>
    [Fact]
    public void The_bundled_runtime_has_less_than_8000_lines_of_code()
    {
        var lines = Repository.Sources("runtime").SelectMany(File.ReadLines).Select(line => line.Trim()).Count(line =>
            line is not ("" or "{" or "}" or "};" or "});")
            && !line.StartsWith("//", StringComparison.Ordinal)
            && !line.StartsWith("namespace ", StringComparison.Ordinal)
            && !(line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('(')));

        Assert.InRange(lines, 1, 7_999);
    }
}
