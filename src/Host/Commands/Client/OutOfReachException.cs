namespace AkkaComfy.Host.Commands.Client;

/// <summary>No service answers at the address, or it stopped in the midst of an answer.</summary>
internal sealed class OutOfReachException(ServiceAddress address, string why, Exception? cause = null)
    : CommandException(
        ExitCodes.Unavailable,
        "unreachable",
        $"The service at {address} cannot be reached ({why.TrimEnd('.')}). Is it running? "
        + "'akkacomfy serve' starts one; --url or AKKACOMFY_URL names another.",
        cause);
