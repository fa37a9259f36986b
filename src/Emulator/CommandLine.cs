using System.Globalization;
using AkkaComfy.Emulator.Faults;

namespace AkkaComfy.Emulator;

/// <summary>The flags of the emulator as a program.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of a wrong call.</summary>
    public const int UsageError = 2;

    private const string Usage = """
        Usage: comfyui-emulator [--port N] [--node-ms N] [--progress-steps N] [--comfyui-version V] [--faults FILE]
          --port N            listen on 127.0.0.1:N; 0 takes a free port (0-65535, default 8188)
          --node-ms N         how long a heavy node takes at least, in ms (0-3600000, default 0)
          --progress-steps N  progress reports of a heavy node, per tile when upscaling (0-10000, default 6)
          --comfyui-version V the release to be: 2023-12-31, 2024-08-13 or 0.3.64 (default 0.3.64)
          --faults FILE       a fault plan in JSON: what goes wrong, when and how often
        A ComfyUI emulator: it speaks the protocol and processes images simply, without AI models.
        """;

    /// <summary>
    /// Reads the flags. False: they are wrong and <paramref name="answer"/> says how. True without options: only help
    /// was asked for.
    /// </summary>
    public static bool TryParse(IReadOnlyList<string> args, out EmulatorOptions? options, out string answer)
    {
        (options, answer) = (null, Usage);
        if (args.Any(arg => arg is "--help" or "-h"))
        {
            return true;
        }

        var wanted = new EmulatorOptions { Port = 8188 };
        var errors = new List<string>();
        for (var i = 0; i < args.Count; i += 2)
        {
            var flag = args[i];
            if (i + 1 == args.Count && IsKnown(flag))
            {
                errors.Add($"{flag} needs a value");
            }
            else if (flag == "--port" && Read(flag, args[i + 1], 65535) is { } port)
            {
                wanted = wanted with { Port = port };
            }
            else if (flag == "--node-ms" && Read(flag, args[i + 1], 3_600_000) is { } ms)
            {
                wanted = wanted with { NodeTime = TimeSpan.FromMilliseconds(ms) };
            }
            else if (flag == "--progress-steps" && Read(flag, args[i + 1], 10_000) is { } steps)
            {
                wanted = wanted with { ProgressSteps = steps };
            }
            else if (flag == "--comfyui-version")
            {
                wanted = wanted with { Version = ReadVersion(args[i + 1]) };
            }
            else if (flag == "--faults")
            {
                wanted = wanted with { Faults = ReadPlan(args[i + 1]) };
            }
            else if (!IsKnown(flag))
            {
                errors.Add($"unknown argument '{flag}'");
            }
        }

        if (errors.Count == 0)
        {
            options = wanted;
        }
        else
        {
            answer = $"comfyui-emulator: {string.Join("; ", errors)}\n{Usage}";
        }

        return errors.Count == 0;

        ComfyVersion ReadVersion(string text)
        {
            if (!ComfyVersion.TryParse(text, out var version))
            {
                var known = string.Join(", ", ComfyVersion.All);
                errors.Add($"--comfyui-version is '{text}', allowed are {known}");
            }

            return version;
        }

        FaultScript ReadPlan(string path)
        {
            try
            {
                return FaultScript.Parse(File.ReadAllText(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                errors.Add($"--faults is '{path}': {e.Message}");
                return FaultScript.None;
            }
        }

        int? Read(string flag, string text, int maximum)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= maximum)
            {
                return value;
            }

            errors.Add($"{flag} is '{text}', allowed are whole numbers from 0 to {maximum}");
            return null;
        }
    }

    private static bool IsKnown(string flag) =>
        flag is "--port" or "--node-ms" or "--progress-steps" or "--comfyui-version" or "--faults";
}
