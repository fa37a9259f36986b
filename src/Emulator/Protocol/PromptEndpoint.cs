using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>/prompt: takes prompts in, and says how many there are.</summary>
internal sealed class PromptEndpoint(ComfyVersion version, PromptQueue queue, PromptValidator validator)
{
    // Concurrent submissions get distinct numbers in some order, which is all that ComfyUI promises.
    private int _submissions = -1;

    public void Map(Routes routes)
    {
        routes.Get("/prompt", http => Reply.Json(
            http, new JsonObject { ["exec_info"] = new JsonObject { ["queue_remaining"] = queue.Remaining } }));
        routes.Post("/prompt", SubmitAsync);
    }

    private async Task SubmitAsync(HttpContext http)
    {
        var body = await RequestBody.ReadJsonAsync(http);
        var submission = body as JsonObject ?? (body is JsonArray
            ? []
            : throw new PythonException("TypeError", $"argument of type '{Python.TypeName(body)}' is not iterable"));
        var number = NumberOf(submission);
        if (!submission.TryGetPropertyValue("prompt", out var prompt))
        {
            var missing = ValidationErrors.Whole("no_prompt", "No prompt provided", "No prompt provided");
            await RefuseAsync(http, missing, []);
            return;
        }

        var id = version.HonoursPromptIds && submission.TryGetPropertyValue("prompt_id", out var given)
            ? Python.Text(given)
            : $"{Guid.NewGuid()}";
        var verdict = validator.Validate(prompt, TargetsOf(submission));
        var extraData = ExtraDataOf(submission);
        if (verdict.Error is not null)
        {
            await RefuseAsync(http, verdict.Error, verdict.NodeErrors);
            return;
        }

        submission.Remove("prompt");
        queue.Put(new QueueItem(number, id, prompt!.AsObject(), extraData, verdict.Outputs));
        await Reply.Json(http, new JsonObject
        {
            ["prompt_id"] = id, ["number"] = number.ToJson(), ["node_errors"] = verdict.NodeErrors,
        });
    }

    /// <summary>Older servers give an empty list where there is nothing to say of single nodes.</summary>
    private Task RefuseAsync(HttpContext http, JsonObject error, JsonObject nodeErrors) => Reply.Json(
        http,
        new JsonObject
        {
            ["error"] = error,
            ["node_errors"] = nodeErrors.Count == 0 && !version.ExplainsRefusals ? new JsonArray() : nodeErrors,
        },
        StatusCodes.Status400BadRequest);

    /// <summary>
    /// A number of the client's own is not counted; every other submission is, even one refused later.
    /// </summary>
    private PromptNumber NumberOf(JsonObject submission)
    {
        if (submission.TryGetPropertyValue("number", out var given))
        {
            return new PromptNumber(Python.Float(given), GivenByClient: true);
        }

        var number = Interlocked.Increment(ref _submissions);
        return new PromptNumber(Python.Truth(submission["front"]) ? -number : number, GivenByClient: false);
    }

    private static HashSet<string>? TargetsOf(JsonObject submission) =>
        submission["partial_execution_targets"] is JsonArray targets ? [.. targets.Select(Python.Text)] : null;

    private static JsonNode? ExtraDataOf(JsonObject submission)
    {
        var extraData = submission.TryGetPropertyValue("extra_data", out var given)
            ? given?.DeepClone()
            : new JsonObject();
        if (!submission.TryGetPropertyValue("client_id", out var client))
        {
            return extraData;
        }

        if (extraData is not JsonObject members)
        {
            throw new PythonException(
                "TypeError", $"'{Python.TypeName(extraData)}' object does not support item assignment");
        }

        members["client_id"] = client?.DeepClone();
        return members;
    }
}
