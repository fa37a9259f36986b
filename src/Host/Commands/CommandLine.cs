using System.CommandLine;
using System.CommandLine.Parsing;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Config;
using AkkaComfy.Host.Commands.Manage;
using AkkaComfy.Host.Commands.Output;
using AkkaComfy.Host.Commands.Run;
using AkkaComfy.Host.Commands.Watch;
using AkkaComfy.Host.Commands.Workflows;
using AkkaComfy.Host.Demo;
using AkkaComfy.Host.Settings;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Commands;

/// <summary>All commands, and how what they end with becomes an exit code. Without any, the service serves.</summary>
internal sealed class CommandLine
{
    /// <summary>File names may begin with '@': that names no file of further arguments.</summary>
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private readonly Terminal _terminal;
    private readonly ServeOptions _serving = new();
    private readonly RootCommand _root;

    public CommandLine(Terminal terminal)
    {
        _terminal = terminal;
        var service = new ServiceOptions(terminal);
        _root = new RootCommand("A gateway in front of ComfyUI instances. Without a command it serves.")
        {
            ServeCommand.Create(terminal, _serving),
            DemoCommand.Create(service),
            new RunCommand(service),
            JobsCommand.Create(service),
            new WatchCommand(service),
            InstancesCommand.Create(service),
            WorkflowCommand.Create(service),
            ConfigCommand.Create(service),
        };
        _serving.AddTo(_root);
        _root.SetAction((parsed, _) => ServeCommand.RunAsync(_serving.Read(parsed), terminal));
    }

    public ParseResult Parse(params IReadOnlyList<string> arguments) => _root.Parse(arguments, Parsing);

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var parsed = Parse(arguments);
        var wrong = WhatIsWrong(parsed);
        if (wrong.Count > 0)
        {
            wrong.ForEach(_terminal.Error.WriteLine);
            await _terminal.Error.WriteLineAsync($"See 'akkacomfy {NameOf(parsed)}--help'.");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = _terminal.Out,
                Error = _terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Signals are for the commands: one serves on, another cancels its jobs.
                ProcessTerminationTimeout = null,
            });
        }
        catch (UnreadException)
        {
            return ExitCodes.Unread;
        }
        catch (CommandException failed)
        {
            await _terminal.Error.WriteLineAsync(failed.Message);
            return failed.ExitCode;
        }
        catch (Exception refused) when (refused is InvalidSettingsException or StoreRefusedException)
        {
            var what = Serves(parsed) ? "The service cannot start:" : "These settings cannot be used:";
            await _terminal.Error.WriteLineAsync($"{what}{Environment.NewLine}{refused.Message}");
            return ExitCodes.Configuration;
        }
    }

    private bool Serves(ParseResult parsed) =>
        parsed.CommandResult.Command == _root || parsed.CommandResult.Command.Name is "serve";

    private List<string> WhatIsWrong(ParseResult parsed)
    {
        var wrong = parsed.Errors.Select(error => error.Message).Distinct().ToList();
        if (wrong.Count > 0)
        {
            return wrong;
        }

        return Serves(parsed) || !_serving.AreGiven(parsed)
            ? [.. UnknownOptions(parsed)]
            : [$"Options of 'serve' do not go with '{NameOf(parsed).TrimEnd()}'."];
    }

    /// <summary>What looks like an option, and would otherwise be taken for a file or an id.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var before = TokenType.Command;
        foreach (var token in parsed.Tokens.TakeWhile(token => token.Type is not TokenType.DoubleDash))
        {
            if (token.Type is TokenType.Argument && before is not TokenType.Option && token.Value is ['-', _, ..])
            {
                yield return $"Unknown option '{token.Value}'.";
            }

            before = token.Type;
        }
    }

    /// <summary>As it was called, and a space after it; empty for the service itself.</summary>
    private static string NameOf(ParseResult parsed)
    {
        var name = "";
        for (var at = parsed.CommandResult; at.Parent is CommandResult above; at = above)
        {
            name = $"{at.Command.Name} {name}";
        }

        return name;
    }
}
