using System.Text.Json;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Tests.Commands.Support;

/// <summary>What a command wrote, and how it ended.</summary>
internal sealed record Said(int ExitCode, string Out, string Error)
{
    public string[] Lines => Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The one line of JSON on standard output.</summary>
    public JsonElement Document => JsonDocument.Parse(Assert.Single(Lines)).RootElement;

    /// <summary>Runs a command in this process, with nobody looking.</summary>
    public static async Task<Said> ByAsync(params string[] arguments) => await ByAsync(null, arguments);

    /// <param name="service">Where AKKACOMFY_URL says that the service is.</param>
    public static async Task<Said> ByAsync(Uri? service, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var terminal = new Terminal(
            TextWriter.Synchronized(output), TextWriter.Synchronized(errors),
            name => name == "AKKACOMFY_URL" ? service?.ToString() : null);
        var exitCode = await new CommandLine(terminal).RunAsync(arguments);
        return new Said(exitCode, output.ToString(), errors.ToString());
    }
}
