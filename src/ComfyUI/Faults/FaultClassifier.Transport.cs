using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Polly.Timeout;

namespace AkkaComfy.ComfyUI;

public static partial class FaultClassifier
{
    /// <summary>What an exception of the HTTP or WebSocket stack means.</summary>
    /// <param name="doing">What we were about, for the message: "submitting a prompt to gpu:8188".</param>
    /// <param name="mayHaveHappened">The whole request was on its way, and it changes something there.</param>
    internal static ComfyFault OfTransport(Exception exception, string doing, bool mayHaveHappened = false)
    {
        if (Carried(exception) is { } carried)
        {
            return carried;
        }

        var (cause, what) = Transport(exception);
        var surelyNot = cause
            is ComfyCause.ConnectionRefused or ComfyCause.Unreachable or ComfyCause.HostNotFound
            or ComfyCause.TlsFailed or ComfyCause.Defect;
        return new ComfyFault(
            cause, cause is ComfyCause.Defect ? Blame.Us : Blame.Network, Bounded($"{what} while {doing}."))
        {
            OutcomeUnknown = mayHaveHappened && !surelyNot,
            Transient = cause is ComfyCause.ConnectionRefused or ComfyCause.Unreachable or ComfyCause.ConnectionLost
                or ComfyCause.NoAnswer,
        };
    }

    /// <summary>An answer that is no answer of ComfyUI's: cut short, no JSON, or without what matters.</summary>
    internal static ComfyFault BadAnswer(string doing, string why, bool mayHaveHappened) => new(
        ComfyCause.BadAnswer, Blame.Worker, Bounded($"The answer makes no sense ({why}) while {doing}."))
    {
        OutcomeUnknown = mayHaveHappened,
    };

    internal static ComfyFault AnswerTooLarge(string doing, long limit, bool mayHaveHappened) => new(
        ComfyCause.AnswerTooLarge, Blame.Worker, $"The answer is larger than {limit} bytes while {doing}.")
    {
        OutcomeUnknown = mayHaveHappened,
    };

    internal static ComfyFault InputUnreadable(string what, string why) => new(
        ComfyCause.InputUnreadable, Blame.Us, Bounded($"The file for {what} could not be sent: {why}"));

    private static (ComfyCause Cause, string What) Transport(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case TimeoutRejectedException or TimeoutException or OperationCanceledException:
                    return (ComfyCause.NoAnswer, "No answer in time");
                case AuthenticationException:
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return (ComfyCause.TlsFailed, "TLS failed");
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }:
                case SocketException { SocketErrorCode: SocketError.TryAgain }:
                    return (ComfyCause.HostNotFound, "The host's name was not found");
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return (ComfyCause.ConnectionRefused, "The connection was refused");
                case SocketException
                {
                    SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable
                        or SocketError.HostDown or SocketError.NetworkDown,
                }:
                    return (ComfyCause.Unreachable, "The host cannot be reached");
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return (ComfyCause.NoAnswer, "No answer in time");
                case SocketException:
                    return (ComfyCause.ConnectionLost, "The connection was lost");
            }
        }

        return exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                (ComfyCause.HostNotFound, "The host's name was not found"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                (ComfyCause.ConnectionRefused, "No connection"),
            HttpRequestException or IOException or WebSocketException =>
                (ComfyCause.ConnectionLost, "The connection was lost"),
            _ => (ComfyCause.Defect, $"{exception.GetType().Name}: {exception.Message}"),
        };
    }
}
