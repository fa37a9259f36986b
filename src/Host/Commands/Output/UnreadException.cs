namespace AkkaComfy.Host.Commands.Output;

/// <summary>Whoever read standard output has gone: <c>akkacomfy watch | head -5</c> has its five lines.</summary>
internal sealed class UnreadException(Exception cause) : IOException("nobody reads standard output any more", cause);
