namespace AkkaComfy.Host.Settings;

/// <summary>
/// What marks this gateway's prompts on shared instances: made once for each data directory, so that a restarted
/// service knows what an earlier life of it left behind, and one with other data leaves it alone.
/// </summary>
internal static class GatewayIdentity
{
    private const string FileName = "gateway-id";

    /// <exception cref="IOException">The file can be neither read nor written.</exception>
    public static string ReadOrCreate(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (File.Exists(path) && Guid.TryParseExact(File.ReadAllText(path).Trim(), "N", out var known))
        {
            return $"{known:N}";
        }

        var made = $"{Guid.NewGuid():N}";
        File.WriteAllText(path, made);
        return made;
    }
}
