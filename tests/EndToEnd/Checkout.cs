namespace AkkaComfy.EndToEnd;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    private static string Find(string from) => File.Exists(Path.Combine(from, "AkkaComfy.sln"))
        ? from
        : Find(Path.GetDirectoryName(from) ?? throw new DirectoryNotFoundException("no AkkaComfy.sln above the tests"));
}
