using System.CommandLine;
using System.Globalization;
using AkkaComfy.Host.Commands.Arguments;
using AkkaComfy.Host.Commands.Output;
using AkkaComfy.Host.Demo;
using AkkaComfy.Host.Logging;
using AkkaComfy.Host.Settings;
using Microsoft.AspNetCore.Connections;

namespace AkkaComfy.Host.Commands;

/// <summary>Serves until told to stop.</summary>
internal static partial class ServeCommand
{
    public static Command Create(Terminal terminal, ServeOptions options)
    {
        var command = new Command("serve", "Serve until told to stop; everything else is set by variables or .env");
        options.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(options.Read(parsed), terminal));
        return command;
    }

    public static async Task<int> RunAsync(ServeRequest request, Terminal terminal)
    {
        var variables = Variables.Load(".env");
        if (request.Port is { } port)
        {
            variables["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        }

        if (request.Emulation is not { } emulation)
        {
            return await ServeAsync(ServiceSettings.From(variables), emulated: 0, terminal.Error);
        }

        await using var fleet = await EmulatedFleet.StartAsync(emulation, CancellationToken.None);
        return await ServeAsync(ServiceSettings.From(fleet.Instead(variables)), emulation.Instances, terminal.Error);
    }

    private static async Task<int> ServeAsync(ServiceSettings settings, int emulated, TextWriter errors)
    {
        await using var service = ServiceHost.Build(settings, WorkflowFolders.Load(settings.WorkflowsDirectory));
        using var crash = new CrashLog(service.Logger);
        try
        {
            await service.StartAsync();
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await errors.WriteLineAsync($"PORT={settings.Port}: the port is in use; choose another one.");
            return ExitCodes.Unavailable;
        }

        if (emulated > 0)
        {
            LogEmulated(service.Logger, emulated);
        }

        if (service.Services.GetRequiredService<DataDirectory>().Gateway is { Was: { } other, Id: var own })
        {
            LogNewIdentity(service.Logger, own, settings.DataDirectory, other);
        }

        var instances = settings.Instances.Select(instance => instance.Host);
        LogServing(service.Logger, string.Join(", ", service.Urls), string.Join(", ", instances));
        await service.WaitForShutdownAsync();
        return service.Services.GetRequiredService<Emergency>().ExitCode;
    }

    [LoggerMessage(LogLevel.Information, "Serving at {Urls}; instances: {Instances}")]
    private static partial void LogServing(ILogger logger, string urls, string instances);

    [LoggerMessage(
        LogLevel.Warning,
        "This gateway is now {Own}: {Directory} was moved or copied here, and prompts marked {Other} are left alone")]
    private static partial void LogNewIdentity(ILogger logger, string own, string directory, string other);

    [LoggerMessage(LogLevel.Warning, "{Count} EMULATED instances: images are processed without AI models")]
    private static partial void LogEmulated(ILogger logger, int count);
}
