using System.CommandLine;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Arguments;

/// <summary>Which service to ask and how to answer: the options that all commands share, wherever they stand.</summary>
internal sealed class ServiceOptions
{
    private const string Variable = "AKKACOMFY_URL";
    private const string DefaultAddress = "http://localhost:3000";

    private readonly Terminal _terminal;

    private readonly Option<string?> _url = new("--url")
    {
        HelpName = "URL",
        Description = $"Where the service is; without it what {Variable} says, or {DefaultAddress}",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Answer with JSON on standard output" };

    public ServiceOptions(Terminal terminal)
    {
        _terminal = terminal;
        _url.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } text && !ServiceAddress.TryParse(text, out _))
            {
                given.AddError($"--url {text}: expected host:port, or an http or https URL.");
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_url);
        AddJsonTo(command);
    }

    /// <summary>For a command that asks no service.</summary>
    public void AddJsonTo(Command command) => command.Add(_json);

    public Screen ScreenFor(ParseResult parsed) => new(_terminal, parsed.GetValue(_json));

    /// <exception cref="CommandException">The environment names none that could be.</exception>
    public ServiceAddress AddressIn(ParseResult parsed)
    {
        var text = parsed.GetValue(_url) ?? _terminal.Variable(Variable);
        return ServiceAddress.TryParse(string.IsNullOrWhiteSpace(text) ? DefaultAddress : text, out var address)
            ? address
            : throw CommandException.Usage($"{Variable}={text}: expected host:port, or an http or https URL.");
    }
}
