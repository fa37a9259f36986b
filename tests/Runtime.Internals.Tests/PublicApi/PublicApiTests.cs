using System.Reflection;
using System.Runtime.CompilerServices;

namespace AkkaComfy.Runtime.Internals.Tests.PublicApi;

/// <summary>
/// The public API of the bundled runtime is pinned in the text files beside this one. After a change that is meant,
/// run these tests with APPROVE_PUBLIC_API=1 and commit the files.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("AkkaComfy.Runtime.Akka")]
    [InlineData("AkkaComfy.Runtime.Akka.Hosting")]
    [InlineData("AkkaComfy.Runtime.Akka.Streams")]
    [InlineData("AkkaComfy.Runtime.Akka.TestKit.Xunit2")]
    public void The_public_API_is_the_approved_one(string assembly)
    {
        var actual = PublicApiText.Of(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable("APPROVE_PUBLIC_API") == "1")
            File.WriteAllText(Path.Combine(SourceFolder(), assembly + ".txt"), actual);
        var approved = File.ReadAllText(Path.Combine(ApprovedFolder(), assembly + ".txt")).ReplaceLineEndings("\n");

        Assert.True(approved == actual, Difference(approved, actual));
    }

    private static string ApprovedFolder() => Environment.GetEnvironmentVariable("APPROVE_PUBLIC_API") == "1"
        ? SourceFolder()
        : Path.Combine(AppContext.BaseDirectory, "PublicApi");

    private static string SourceFolder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;

    private static string Difference(string approved, string actual)
    {
        var before = Lines(approved);
        var now = Lines(actual);
        return "The public API has changed:\n" + string.Join('\n', before.Except(now).Select(line => "- " + line)
            .Concat(now.Except(before).Select(line => "+ " + line)));
    }

    /// <summary>Each member with its type, so that equal members of two types differ.</summary>
    private static List<string> Lines(string text)
    {
        var type = "";
        var lines = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith(' '))
                type = line.Split(" : ")[0];
            lines.Add(line.StartsWith(' ') ? $"{type}: {line.Trim()}" : line);
        }

        return lines;
    }
}
