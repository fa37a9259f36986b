namespace AkkaComfy.Host.Commands;

/// <summary>A command cannot do what it was asked; says why, and what to do about it.</summary>
/// <param name="code">A stable word, as in the service's own problems.</param>
internal class CommandException(int exitCode, string code, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;

    public string Code { get; } = code;

    /// <summary>What answers does not speak as a service would.</summary>
    public static CommandException NoService(string why, string where = "") =>
        new(ExitCodes.Failure, "not_akkacomfy", $"What answers{where} is no AkkaComfy: {why}.");

    public static CommandException Usage(string message) => new(ExitCodes.Usage, "usage", message);
}
