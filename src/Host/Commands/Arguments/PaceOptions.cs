using System.CommandLine;
using System.CommandLine.Parsing;

namespace AkkaComfy.Host.Commands.Arguments;

/// <summary>How fast emulated instances are, as options of a command.</summary>
internal sealed class PaceOptions
{
    private readonly IntegerOption _nodeMs =
        new("--node-ms", 0, 600_000, "How long a heavy node of an emulated instance takes, in ms; default 1000");

    private readonly IntegerOption _progressSteps =
        new("--progress-steps", 1, 1000, "How often it reports progress meanwhile; default 20");

    public void AddTo(Command command)
    {
        command.Add(_nodeMs);
        command.Add(_progressSteps);
    }

    public bool AreGiven(SymbolResult result) =>
        result.GetResult(_nodeMs) is not null || result.GetResult(_progressSteps) is not null;

    public Emulation Read(ParseResult parsed, int instances) => new(
        instances,
        TimeSpan.FromMilliseconds(parsed.GetValue(_nodeMs) ?? 1000),
        parsed.GetValue(_progressSteps) ?? 20);
}
