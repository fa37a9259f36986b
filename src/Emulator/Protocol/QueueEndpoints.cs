using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>/queue, /interrupt and /free: looking at what waits and runs, and calling it off.</summary>
internal sealed class QueueEndpoints(ComfyVersion version, PromptQueue queue, Interrupts interrupts)
{
    public void Map(Routes routes)
    {
        routes.Get("/queue", ShowAsync);
        routes.Post("/queue", ChangeAsync);
        routes.Post("/interrupt", InterruptAsync);
        if (version.FreesMemory)
        {
            routes.Post("/free", FreeAsync);
        }
    }

    private Task ShowAsync(HttpContext http)
    {
        var (running, pending) = queue.Snapshot();
        return Reply.Json(http, Json.Object(
            ("queue_running", Json.Array(running)), ("queue_pending", Json.Array(pending))));
    }

    private async Task ChangeAsync(HttpContext http)
    {
        var change = Commands.Of(await RequestBody.ReadJsonAsync(http));
        if (Python.Truth(change["clear"]))
        {
            queue.Clear();
        }

        foreach (var id in Commands.Deletions(change))
        {
            queue.Delete(id);
        }

        await Reply.Empty(http);
    }

    private async Task InterruptAsync(HttpContext http)
    {
        var target = version.TargetsInterrupts ? await TargetAsync(http) : null;
        if (target is null || queue.IsRunning(target))
        {
            interrupts.Request();
        }

        await Reply.Empty(http);
    }

    /// <summary>The prompt to interrupt; null where none is named, or where the body is no JSON at all.</summary>
    private static async Task<string?> TargetAsync(HttpContext http)
    {
        JsonNode? body;
        try
        {
            body = await RequestBody.ReadJsonAsync(http);
        }
        catch (JsonException)
        {
            return null;
        }

        var id = Commands.Of(body)["prompt_id"];
        return Python.Truth(id) ? Python.Text(id) : null;
    }

    private async Task FreeAsync(HttpContext http)
    {
        var wishes = Commands.Of(await RequestBody.ReadJsonAsync(http));
        if (Python.Truth(wishes["free_memory"]))
        {
            queue.RequestFree();
        }

        await Reply.Empty(http);
    }
}
