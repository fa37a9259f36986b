using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Logging;

/// <summary>Where the log's files are and how much they may take.</summary>
/// <param name="MaxMegabytes">Of one file, in units of 1,048,576 bytes; then the next one is begun.</param>
/// <param name="MaxFiles">Of each kind; the oldest is deleted.</param>
public sealed record LogFiles(string Directory, int MaxMegabytes, int MaxFiles)
{
    private const string Key = "LOG_DIRECTORY";
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    public long MaxBytes => MaxMegabytes * 1_048_576L;

    internal static LogFiles Read(SettingsReader reader) => new(
        reader.Text(Key, "./logs"),
        reader.Integer("LOG_FILE_MB", 20, 1, 2_000),
        reader.Integer("LOG_FILES", 10, 1, 1_000));

    /// <summary>A directory that is merely full is no reason not to serve.</summary>
    /// <exception cref="InvalidSettingsException">It cannot be written.</exception>
    public void Prepare()
    {
        var trial = Path.Combine(Directory, $".{Guid.NewGuid():N}");
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            using var file = new FileStream(
                trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException
            && unwritable.HResult is not (NoSpaceOnUnix or NoSpaceOnWindows))
        {
            throw new InvalidSettingsException(
                [new SettingError(Key, Directory, $"a directory that can be written ({unwritable.Message})")]);
        }
    }
}
