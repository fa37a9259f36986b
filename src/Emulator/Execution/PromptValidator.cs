using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// Decides which output nodes of a prompt can run, and says of the others why not, in ComfyUI's words.
/// </summary>
internal sealed class PromptValidator(NodeCatalog catalog, ComfyVersion version)
{
    /// <summary>Also converts constants to their declared types, in place, as ComfyUI does.</summary>
    /// <param name="targets">The only outputs wanted; null: all.</param>
    /// <exception cref="PythonException">The prompt has a shape that makes ComfyUI answer 500.</exception>
    public PromptVerdict Validate(JsonNode? prompt, IReadOnlyCollection<string>? targets)
    {
        if (prompt is not JsonObject nodes)
        {
            throw new PythonException("TypeError", $"a prompt is an object, not {Python.TypeName(prompt)}");
        }

        var outputs = new List<string>();
        foreach (var (id, node) in nodes)
        {
            if (ClassError(id, node, out var found) is { } error)
            {
                return PromptVerdict.Refused(error);
            }

            if (found.Spec.IsOutput && targets?.Contains(id) != false)
            {
                outputs.Add(id);
            }
        }

        return outputs.Count == 0
            ? PromptVerdict.Refused(ValidationErrors.Whole("prompt_no_outputs", "Prompt has no outputs", ""))
            : Check(nodes, outputs);
    }

    private PromptVerdict Check(JsonObject nodes, List<string> outputs)
    {
        var validation = new NodeValidation(nodes, catalog);
        var errors = new NodeErrors(nodes);
        var (good, complaints) = (new List<string>(), new List<string>());
        foreach (var output in outputs)
        {
            var verdict = validation.CheckOutput(output);
            if (verdict.IsValid)
            {
                good.Add(output);
                continue;
            }

            complaints.AddRange(verdict.Errors.Select(error => $"{error["message"]}: {error["details"]}"));
            errors.Add(output, validation.Verdicts);
        }

        if (good.Count > 0)
        {
            return new PromptVerdict(null, good, errors.ToJson());
        }

        var whole = ValidationErrors.Whole(
            "prompt_outputs_failed_validation", "Prompt outputs failed validation", version.ExplainsRefusals ? string.Join('\n', complaints) : "");
        return new PromptVerdict(whole, [], errors.ToJson());
    }

    private JsonObject? ClassError(string id, JsonNode? node, out Node found)
    {
        found = null!;
        var where = $"Node ID '#{id}'";
        if (node?.GetValueKind() is null or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            throw new PythonException("TypeError", $"argument of type '{Python.TypeName(node)}' is not iterable");
        }

        if (node is not JsonObject members || !members.ContainsKey("class_type"))
        {
            return ValidationErrors.Whole(
                "invalid_prompt", "Cannot execute because a node is missing the class_type property.", where);
        }

        var name = Python.Text(members["class_type"]);
        if (catalog.Find(name) is { } known)
        {
            found = known;
            return null;
        }

        return version.RefusesUnknownClasses
            ? ValidationErrors.Whole("invalid_prompt", $"Cannot execute because node {name} does not exist.", where)
            : throw new PythonException("KeyError", Python.Quoted(name));
    }
}
