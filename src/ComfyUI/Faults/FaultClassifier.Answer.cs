using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AkkaComfy.ComfyUI.Wire;

namespace AkkaComfy.ComfyUI;

public static partial class FaultClassifier
{
    private static readonly char[] LineBreaks = ['\r', '\n'];

    /// <summary>What a status other than success means.</summary>
    /// <param name="body">The answer's first kilobytes.</param>
    internal static ComfyFault OfStatus(
        HttpStatusCode status, ReadOnlyMemory<byte> body, string doing, bool mayHaveHappened = false)
    {
        var (cause, blame) = (int)status switch
        {
            401 or 403 or 407 => (ComfyCause.AccessDenied, Blame.Worker),
            413 => (ComfyCause.RequestTooLarge, Blame.WorkerThisJob),
            >= 500 => (ComfyCause.ServerError, Blame.Worker),
            _ => (ComfyCause.UnexpectedStatus, Blame.Worker),
        };
        return new ComfyFault(cause, blame, Bounded($"Status {(int)status} while {doing}{Quoted(body)}"))
        {
            HttpStatus = status,
            OutcomeUnknown = mayHaveHappened && cause is ComfyCause.ServerError,
            Transient = cause is ComfyCause.ServerError || (int)status is 408 or 429,
        };
    }

    /// <summary>What ComfyUI's validation found: mostly the client's doing, a missing model or node excepted.</summary>
    internal static ComfyFault OfRejection(ReadOnlyMemory<byte> body, string doing)
    {
        try
        {
            using var document = Json.Parse(body);
            var error = document.RootElement.Get("error");
            if (error.ValueKind is JsonValueKind.Object)
            {
                return OfRejection(error, PromptAnswerReader.NodeErrors(document.RootElement.Get("node_errors")));
            }
        }
        catch (JsonException)
        {
            // No answer of ComfyUI's own: something between us refuses the request.
        }

        return OfStatus(HttpStatusCode.BadRequest, body, doing);
    }

    internal static ComfyFault OutputMissing(OutputFile file, HttpStatusCode status) => new(
        ComfyCause.OutputMissing,
        Blame.Worker,
        Bounded($"The server no longer has its {file.Type} file '{file.Filename}' (status {(int)status})."))
    {
        HttpStatus = status,
    };

    private static ComfyFault OfRejection(JsonElement error, IReadOnlyList<NodeError> nodeErrors)
    {
        var type = error.Get("type").Text() ?? "";
        var message = error.Get("message").Text() ?? type;
        var details = error.Get("details").Text() ?? "";
        var first = nodeErrors.Count > 0 ? nodeErrors[0] : null;
        var (cause, blame) = Rejection(type, message, nodeErrors);
        return new ComfyFault(cause, blame, Bounded(first is not null
            ? string.Join("; ", nodeErrors.Select(e => e.ToString()))
            : details.Length > 0 && details != message ? $"{message} ({details})" : message))
        {
            NodeId = first?.NodeId,
            NodeType = first?.ClassType,
            HttpStatus = HttpStatusCode.BadRequest,
            NodeErrors = nodeErrors,
        };
    }

    private static (ComfyCause Cause, Blame Blame) Rejection(
        string type, string message, IReadOnlyList<NodeError> nodeErrors)
    {
        if (type == "missing_node_type" || MissingNode().IsMatch(message))
        {
            return (ComfyCause.MissingNodeClass, Blame.WorkerThisJob);
        }

        return nodeErrors.Count > 0 && nodeErrors.All(SpeaksOfMissingFile)
            ? (ComfyCause.MissingFile, Blame.WorkerThisJob)
            : (ComfyCause.ValidationRejected, Blame.Client);
    }

    private static bool SpeaksOfMissingFile(NodeError error) => error.Type switch
    {
        "value_not_in_list" => ModelFile().IsMatch(error.Details),
        "custom_validation_failed" => error.Details.Contains("Invalid image file", StringComparison.Ordinal),
        _ => false,
    };

    private static string Quoted(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 300)]);
        return text.Length == 0
            ? "."
            : $": {string.Join(' ', text.Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries))}";
    }

    [GeneratedRegex(
        "node '?.+'? (does not exist|not found)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex MissingNode();

    /// <summary>"model_name: 'x.pth' not in […]": the value wanted is a model's file.</summary>
    [GeneratedRegex(
        @"^[^:]*: '[^']*\.(safetensors|sft|ckpt|pth|pt|pt2|bin|onnx|gguf|pkl)' not in",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        100)]
    private static partial Regex ModelFile();
}
