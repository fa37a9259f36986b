namespace AkkaComfy.Host.Tests;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static byte[] Sample(string name) => File.ReadAllBytes(PathOf(Path.Combine("samples", name)));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "AkkaComfy.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("no AkkaComfy.sln above the tests");
        }

        return directory.FullName;
    }
}
