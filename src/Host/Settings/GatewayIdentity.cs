using System.Security.Cryptography;
using System.Text;

namespace AkkaComfy.Host.Settings;

/// <summary>
/// What marks this gateway's prompts on shared instances: made once for each data directory, so that a restarted
/// service knows what an earlier life of it left behind, and one with other data leaves it alone.
/// </summary>
/// <remarks>
/// The file also says where it was made: a copy of the directory, elsewhere or on another machine, is another gateway,
/// or the two would take each other's prompts for leftovers.
/// </remarks>
/// <param name="Was">The identity that belongs to another place; null unless a new one was made instead of it.</param>
internal sealed record GatewayIdentity(string Id, string? Was = null)
{
    private const string FileName = "gateway-id";

    /// <summary>Tells machines apart; a container has none, and its host name may change at each of its starts.</summary>
    private const string MachineFile = "/etc/machine-id";

    /// <exception cref="IOException">The file can be neither read nor written.</exception>
    public static GatewayIdentity ReadOrCreate(string directory) => ReadOrCreate(directory, Machine());

    /// <exception cref="IOException">The file can be neither read nor written.</exception>
    internal static GatewayIdentity ReadOrCreate(string directory, string machine)
    {
        var path = Path.Combine(directory, FileName);
        var place = PlaceOf(directory, machine);
        var words = File.Exists(path)
            ? File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : [];
        if (words is not [var id, ..] || !Guid.TryParseExact(id, "N", out _))
        {
            return new GatewayIdentity(Write(path, NewId(), place));
        }

        return words switch
        {
            [_] => new GatewayIdentity(Write(path, id, place)),
            [_, var made] when made == place => new GatewayIdentity(id),
            _ => new GatewayIdentity(Write(path, NewId(), place), Was: id),
        };
    }

    private static string NewId() => $"{Guid.NewGuid():N}";

    /// <summary>Whole or not at all, whenever the power goes.</summary>
    private static string Write(string path, string id, string place)
    {
        var unfinished = path + ".part";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.ASCII.GetBytes($"{id} {place}\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        return id;
    }

    private static string Machine()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.MachineName;
        }

        return File.Exists(MachineFile) ? File.ReadAllText(MachineFile).Trim() : string.Empty;
    }

    private static string PlaceOf(string directory, string machine) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{machine}\n{Canonical(directory)}")));

    private static string Canonical(string directory)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return Directory.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }
}
