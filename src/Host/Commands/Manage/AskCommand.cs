using System.CommandLine;
using System.Text.Json;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Manage;

/// <summary>A command that asks once and shows the answer.</summary>
/// <param name="show">Shows the answer to people.</param>
internal sealed class AskCommand(
    ServiceOptions service,
    string name,
    string description,
    Func<ParseResult, Conversation, Task<JsonElement>> ask,
    Action<Screen, JsonElement> show)
    : ServiceCommand(service, name, description)
{
    public AskCommand With(params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                Add(argument);
            }
            else
            {
                Add((Option)symbol);
            }
        }

        return this;
    }

    protected override async Task<int> RunAsync(ParseResult parsed, Conversation with)
    {
        var answer = await ask(parsed, with);
        if (with.Screen.IsJson)
        {
            with.Screen.Document(answer);
        }
        else
        {
            show(with.Screen, answer);
        }

        return ExitCodes.Success;
    }
}
