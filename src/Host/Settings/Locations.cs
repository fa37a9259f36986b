namespace AkkaComfy.Host.Settings;

/// <summary>Finds what ships with the program: in the working directory, else beside the program itself.</summary>
internal static class Locations
{
    public static string OrShipped(string relative) => Path.Exists(relative)
        ? relative
        : Path.Combine(AppContext.BaseDirectory, relative) is var shipped && Path.Exists(shipped) ? shipped : relative;
}
