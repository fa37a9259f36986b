using System.Collections.Immutable;
using System.Globalization;

namespace AkkaComfy.Host.Commands;

/// <summary>What the arguments ask for; a closed set.</summary>
internal abstract record CommandLine
{
    public const string Usage = """
        Usage: akkacomfy [options]                 serve at PORT
               akkacomfy demo [image ...] [options] send images through every workflow, on two emulated instances
               akkacomfy --help

        Options:
          --port N             listen at port N (1 to 65535; 0 takes a free one); overrides PORT
          --emulate N          serve with N (1 to 16) emulated ComfyUI instances instead of the configured ones:
                               they process images without AI models
          --node-ms N          how long a heavy node of an emulated instance takes (0 to 600000, default 1000)
          --progress-steps N   how often it reports progress meanwhile (1 to 1000, default 20)

        Everything else is set by environment variables or a .env file: see .env.example.
        """;

    private CommandLine()
    {
    }

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var isDemo = arguments is ["demo", ..];
        var options = new Dictionary<string, int>(StringComparer.Ordinal);
        var images = ImmutableArray.CreateBuilder<string>();
        for (var i = isDemo ? 1 : 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument is "--help" or "-h")
            {
                return new Help();
            }

            if (Option.Find(argument) is { } option)
            {
                var text = i + 1 < arguments.Count ? arguments[++i] : "";
                if (!option.TryRead(text, out var value))
                {
                    return new Wrong(
                        $"{argument} {text}: expected a whole number from {option.Minimum} to {option.Maximum}.");
                }

                options[argument] = value;
            }
            else if (isDemo && !argument.StartsWith('-'))
            {
                images.Add(argument);
            }
            else
            {
                return new Wrong($"Unknown argument '{argument}'.");
            }
        }

        return isDemo ? ForDemo(images.ToImmutable(), options) : ForService(options);
    }

    private static CommandLine ForDemo(ImmutableArray<string> images, Dictionary<string, int> options) =>
        options.ContainsKey(Option.Emulate)
            ? new Wrong($"{Option.Emulate} does not go with demo, which has two emulated instances.")
            : new Demo(images, Option.Of(options, Option.Port), EmulationFrom(options, instances: 2));

    private static CommandLine ForService(Dictionary<string, int> options)
    {
        if (Option.Of(options, Option.Emulate) is { } count)
        {
            return new Serve(Option.Of(options, Option.Port), EmulationFrom(options, count));
        }

        return options.ContainsKey(Option.NodeMs) || options.ContainsKey(Option.ProgressSteps)
            ? new Wrong($"{Option.NodeMs} and {Option.ProgressSteps} need {Option.Emulate}.")
            : new Serve(Option.Of(options, Option.Port), null);
    }

    private static Emulation EmulationFrom(Dictionary<string, int> options, int instances) => new(
        instances,
        TimeSpan.FromMilliseconds(options.GetValueOrDefault(Option.NodeMs, 1000)),
        options.GetValueOrDefault(Option.ProgressSteps, 20));

    /// <summary>Serve until told to stop.</summary>
    /// <param name="Port">Null for the configured one.</param>
    /// <param name="Emulation">Null for the configured instances.</param>
    public sealed record Serve(int? Port, Emulation? Emulation) : CommandLine;

    /// <summary>Show both workflows on images; without any, on the samples.</summary>
    public sealed record Demo(ImmutableArray<string> Images, int? Port, Emulation Emulation) : CommandLine;

    public sealed record Help : CommandLine;

    public sealed record Wrong(string Reason) : CommandLine;

    private sealed record Option(string Name, int Minimum, int Maximum)
    {
        public const string Port = "--port";
        public const string Emulate = "--emulate";
        public const string NodeMs = "--node-ms";
        public const string ProgressSteps = "--progress-steps";

        private static readonly ImmutableArray<Option> All =
        [
            new(Port, 0, 65535), new(Emulate, 1, 16), new(NodeMs, 0, 600_000), new(ProgressSteps, 1, 1000),
        ];

        public static Option? Find(string name) => All.FirstOrDefault(option => option.Name == name);

        public static int? Of(Dictionary<string, int> options, string name) =>
            options.TryGetValue(name, out var value) ? value : null;

        public bool TryRead(string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value >= Minimum && value <= Maximum;
    }
}

/// <summary>The emulated instances to start.</summary>
/// <param name="NodeTime">How long a heavy node takes.</param>
internal sealed record Emulation(int Instances, TimeSpan NodeTime, int ProgressSteps);
