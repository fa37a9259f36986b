using System.CommandLine;

namespace AkkaComfy.Host.Commands.Arguments;

/// <summary>How to serve, as options of a command.</summary>
internal sealed class ServeOptions
{
    private readonly IntegerOption _port =
        new("--port", 0, 65535, "Listen at this port; 0 takes a free one; overrides PORT");

    private readonly IntegerOption _emulate = new(
        "--emulate", 1, 16,
        "Serve with so many emulated ComfyUI instances, which have no AI models, instead of the configured ones");

    private readonly PaceOptions _pace = new();

    public void AddTo(Command command)
    {
        command.Add(_port);
        command.Add(_emulate);
        _pace.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_emulate) is null && _pace.AreGiven(result))
            {
                result.AddError("--node-ms and --progress-steps need --emulate.");
            }
        });
    }

    /// <summary>Whether any of them stands before the name of a command that they do not belong to.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetResult(_port) is not null
        || parsed.GetResult(_emulate) is not null || _pace.AreGiven(parsed.RootCommandResult);

    public ServeRequest Read(ParseResult parsed) => new(
        parsed.GetValue(_port), parsed.GetValue(_emulate) is { } count ? _pace.Read(parsed, count) : null);
}

/// <summary>Serve until told to stop.</summary>
/// <param name="Port">Null for the configured one.</param>
/// <param name="Emulation">Null for the configured instances.</param>
internal sealed record ServeRequest(int? Port, Emulation? Emulation);
