using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Commands.Output;

return await new CommandLine(Terminal.OfProcess).RunAsync(args);
