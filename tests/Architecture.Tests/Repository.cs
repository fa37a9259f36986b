using System.Xml.Linq;

namespace AkkaComfy.Architecture.Tests;

/// <summary>The source tree that this test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    /// <summary>What a project references: our projects by folder, and <c>Akka…</c> by the name of the package.</summary>
    public static IReadOnlyList<string> ReferencesOf(string project)
    {
        var file = Directory.GetFiles(Path.Combine(Root, project), "*.csproj").Single();
        var items = XDocument.Load(file).Descendants().ToList();
        var projects = items.Where(item => item.Name.LocalName == "ProjectReference").Select(item =>
            Path.GetRelativePath(Root, Path.GetDirectoryName(Path.Combine(
                Root, project, item.Attribute("Include")!.Value))!).Replace('\\', '/'));
        var akka = items.Where(item => item.Name.LocalName == "AkkaReference").Select(_ => "runtime");
        return [.. projects.Concat(akka).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string Find(string from) => File.Exists(Path.Combine(from, "AkkaComfy.sln"))
        ? from
        : Find(Path.GetDirectoryName(from) ?? throw new DirectoryNotFoundException("no AkkaComfy.sln above the tests"));
}
