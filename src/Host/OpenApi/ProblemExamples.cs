using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AkkaComfy.Host.OpenApi;

/// <summary>A problem of each kind.</summary>
internal static class ProblemExamples
{
    public static AnswerText Of((string? Code, ProblemCode Meaning) problem)
    {
        var (status, meaning) = (problem.Meaning.Status, problem.Meaning.Meaning);
        var body = new ProblemBody(
            "about:blank", ReasonPhrases.GetReasonPhrase(status), status, meaning, "/api/jobs",
            problem.Code ?? "node_failed", meaning, "01a202b5857a7");
        return new AnswerText(
            status, "", MediaTypes.Problem, typeof(ProblemBody), JsonSerializer.SerializeToNode(body, ApiJson.Options));
    }
}
