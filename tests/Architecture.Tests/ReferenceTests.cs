namespace AkkaComfy.Architecture.Tests;

/// <summary>Who may reference whom: the table of docs/architecture.md.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("src/Messages")]
    [InlineData("src/Core", "src/Messages")]
    [InlineData("src/ComfyUI")]
    [InlineData("src/Storage", "src/Core", "src/Messages")]
    [InlineData("src/Actors", "runtime", "src/ComfyUI", "src/Core", "src/Messages", "src/Storage")]
    [InlineData("src/Emulator", "src/ComfyUI")]
    [InlineData("src/Host", "runtime", "src/Actors", "src/ComfyUI", "src/Core", "src/Emulator", "src/Messages", "src/Storage")]
    public void A_project_references_only_what_it_may(string project, params string[] allowed) =>
        Assert.Empty(Repository.ReferencesOf(project).Except(allowed));

    [Fact]
    public void Every_source_project_is_in_the_table()
    {
        var judged = typeof(ReferenceTests).GetMethod(nameof(A_project_references_only_what_it_may))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Cast<InlineDataAttribute>()
            .Select(data => (string)data.GetData(null!).Single()[0]);
        var present = Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Select(folder => $"src/{Path.GetFileName(folder)}");

        Assert.Equal(present.Order(StringComparer.Ordinal), judged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_runtime_references_nothing_of_ours()
    {
        foreach (var project in Directory.GetDirectories(Path.Combine(Repository.Root, "runtime")))
        {
            var references = Repository.ReferencesOf(Path.GetRelativePath(Repository.Root, project));
            Assert.All(references, reference => Assert.StartsWith("runtime/", reference, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Core_sees_no_actor_no_socket_and_no_clock() => AssertNotUsed("src/Core",
        "using Akka.", "System.Net", "TimeProvider", "DateTimeOffset.UtcNow", "Random.Shared", "System.IO");

    [Fact]
    public void Endpoints_see_no_actor() => AssertNotUsed("src/Host/Endpoints", "IActorRef", "using Akka.");

    [Fact]
    public void Only_the_composition_and_the_demo_see_the_emulator()
    {
        var users = Repository.Sources("src/Host")
            .Where(file => File.ReadAllText(file).Contains("AkkaComfy.Emulator", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "src/Host"), file).Replace('\\', '/'));

        Assert.All(users, file => Assert.True(
            file.StartsWith("Demo/", StringComparison.Ordinal) || file == "Commands/EmulatedFleet.cs", file));
    }

    private static void AssertNotUsed(string folder, params string[] words)
    {
        var sources = Repository.Sources(folder).ToList();
        Assert.NotEmpty(sources);
        var offences =
            from file in sources
            let text = File.ReadAllText(file)
            from word in words
            where text.Contains(word, StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)} uses {word}";
        Assert.Empty(offences);
    }
}
