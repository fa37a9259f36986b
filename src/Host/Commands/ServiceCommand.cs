using System.CommandLine;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands;

/// <summary>A command that asks something of a running service.</summary>
internal abstract class ServiceCommand : Command
{
    private readonly ServiceOptions _service;

    protected ServiceCommand(ServiceOptions service, string name, string description)
        : base(name, description)
    {
        _service = service;
        service.AddTo(this);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, Conversation with);

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var screen = _service.ScreenFor(parsed);
        using var interruption = new Interruption();
        try
        {
            using var client = new ServiceClient(_service.AddressIn(parsed), TimeProvider.System);
            return await RunAsync(parsed, new Conversation(client, screen, interruption));
        }
        catch (CommandException failed)
        {
            screen.Complain(failed.Message);
            if (screen.IsJson)
            {
                Report(screen, failed);
            }

            return failed.ExitCode;
        }
        catch (OperationCanceledException) when (interruption.Asked.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static void Report(Screen screen, CommandException failed)
    {
        if (failed is RefusedException { Document: { } problem })
        {
            screen.Document(problem);
        }
        else
        {
            screen.Document(new FailureReport(failed.Code, failed.Message), CommandJson.Plain.FailureReport);
        }
    }
}

/// <summary>What a command needs to ask a service and to show what it answers.</summary>
internal sealed record Conversation(ServiceClient Client, Screen Screen, Interruption Interruption)
{
    public CancellationToken Asked => Interruption.Asked;
}
