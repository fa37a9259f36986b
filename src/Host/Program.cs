using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Demo;
using AkkaComfy.Host.Settings;
using AkkaComfy.Storage;

try
{
    switch (CommandLine.Parse(args))
    {
        case CommandLine.Serve serve:
            return await ServeCommand.RunAsync(serve, Variables.Load(".env"), Console.Error);
        case CommandLine.Demo demo:
            return await DemoCommand.RunAsync(demo, Console.Error);
        case CommandLine.Wrong wrong:
            await Console.Error.WriteLineAsync($"{wrong.Reason}{Environment.NewLine}{CommandLine.Usage}");
            return ExitCodes.Usage;
        default:
            await Console.Out.WriteLineAsync(CommandLine.Usage);
            return ExitCodes.Success;
    }
}
catch (Exception refused) when (refused is InvalidSettingsException or StoreRefusedException)
{
    await Console.Error.WriteLineAsync($"The service cannot start:{Environment.NewLine}{refused.Message}");
    return ExitCodes.Configuration;
}
