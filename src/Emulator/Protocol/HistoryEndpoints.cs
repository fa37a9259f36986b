using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>/history: what became of finished prompts.</summary>
internal sealed class HistoryEndpoints(ComfyVersion version, PromptQueue queue)
{
    public void Map(Routes routes)
    {
        routes.Get("/history", PageAsync);
        routes.Get("/history/{prompt_id}", OneAsync);
        routes.Post("/history", ChangeAsync);
    }

    private Task PageAsync(HttpContext http)
    {
        var maxItems = Number(http, "max_items");
        var offset = (version.PagesHistory ? Number(http, "offset") : null) ?? -1;
        IReadOnlyList<(string, ReadOnlyMemory<byte>)> page = [];
        queue.ReadHistory(history => page = history.Page(maxItems, offset));
        return Reply.Json(http, Json.Object(page));
    }

    private Task OneAsync(HttpContext http)
    {
        // Routing leaves an encoded slash as it is.
        var id = ((string)http.Request.RouteValues["prompt_id"]!)
            .Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var (found, entry) = (false, ReadOnlyMemory<byte>.Empty);
        queue.ReadHistory(history => found = history.TryFind(id, out entry));
        return Reply.Json(http, found ? Json.Object((id, entry)) : Json.Object());
    }

    private async Task ChangeAsync(HttpContext http)
    {
        var change = Commands.Of(await RequestBody.ReadJsonAsync(http));
        var (clear, deletions) = (Python.Truth(change["clear"]), Commands.Deletions(change));
        queue.ReadHistory(history =>
        {
            if (clear)
            {
                history.Clear();
            }

            foreach (var id in deletions)
            {
                history.Remove(id);
            }
        });
        await Reply.Empty(http);
    }

    private static int? Number(HttpContext http, string name) => http.Request.Query.TryGetValue(name, out var text)
        ? (int)Python.Integer(text.ToString())
        : null;
}
