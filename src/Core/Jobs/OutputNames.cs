using AkkaComfy.Messages;

namespace AkkaComfy.Core.Jobs;

/// <summary>Names the files in which a job's outputs are also saved: safe on any file system, and never the same twice.</summary>
public static class OutputNames
{
    private const int LongestName = 100;
    private const int LongestExtension = 16;
    private const char Stand = '_';

    /// <summary>The job, the number of the output, and what of ComfyUI's name for it can be trusted.</summary>
    public static string Of(JobId job, JobOutput output) => $"{job}-{output.Index}-{Safe(output.FileName)}";

    private static string Safe(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var safe = string.Concat(last.Select(Safe)).Trim('.');
        return safe.Length == 0 ? "output" : Shortened(safe);
    }

    private static char Safe(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : Stand;

    private static string Shortened(string name)
    {
        if (name.Length <= LongestName)
        {
            return name;
        }

        var dot = name.LastIndexOf('.');
        var extension = dot >= 0 && name.Length - dot <= LongestExtension ? name[dot..] : "";
        return name[..(LongestName - extension.Length)] + extension;
    }
}
