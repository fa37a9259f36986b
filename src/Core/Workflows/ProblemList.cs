using System.Collections.Immutable;
using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Gathers what is wrong with one file, so that all of it is told at once.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<WorkflowProblem> _problems = [];

    public bool IsEmpty => _problems.Count == 0;

    public ImmutableArray<WorkflowProblem> All => [.. _problems];

    public void Add(string place, string reason) => _problems.Add(new WorkflowProblem(file, place, reason));

    /// <summary>Parses the file; text that is no JSON object is a problem, and null is returned.</summary>
    public JsonElement? ParseObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (!JsonTexts.AreReadable(document.RootElement))
            {
                Add("", JsonTexts.Unreadable);
            }
            else if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
            else
            {
                Add("", $"must be a JSON object, but is {JsonWords.Describe(document.RootElement)}");
            }
        }
        catch (JsonException e)
        {
            Add("", $"is not valid JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // The search for duplicates reads names, and has no other word for one that is no text.
            Add("", JsonTexts.Unreadable);
        }

        return null;
    }
}
