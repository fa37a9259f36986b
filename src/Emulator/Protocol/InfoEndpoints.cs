using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Nodes;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>What the server says of itself: nodes, models, memory, features.</summary>
internal sealed class InfoEndpoints(EmulatorOptions options, NodeCatalog catalog)
{
    public static JsonObject Features(EmulatorOptions options) => new()
    {
        ["supports_preview_metadata"] = true, ["max_upload_size"] = options.MaxUploadBytes,
    };

    public void Map(Routes routes)
    {
        routes.Get("/", http => Reply.Text(http, StatusCodes.Status200OK, "ComfyUI emulator: no AI models here.\n"));
        if (options.Version.TalksFeatures)
        {
            routes.Get("/features", http => Reply.Json(http, Features(options)));
        }

        routes.Get("/system_stats", http => Reply.Json(http, SystemStats()));
        routes.Get("/object_info", http => Reply.Json(http, ObjectInfo(catalog.All)));
        routes.Get("/object_info/{name}", http => Reply.Json(
            http, ObjectInfo(catalog.Find(RouteValue(http, "name")) is { } node ? [node] : [])));
        routes.Get("/embeddings", http => Reply.Json(http, new JsonArray()));
        routes.Get("/extensions", http => Reply.Json(http, new JsonArray()));
        if (!options.Version.ListsModels)
        {
            return;
        }

        var models = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["checkpoints"] = options.Checkpoints, ["upscale_models"] = options.UpscaleModels,
        };
        routes.Get("/models", http => Reply.Json(http, Json.Strings(models.Keys)));
        routes.Get("/models/{folder}", http => models.TryGetValue(RouteValue(http, "folder"), out var installed)
            ? Reply.Json(http, Json.Strings(installed))
            : Reply.Empty(http, StatusCodes.Status404NotFound));
    }

    private static string RouteValue(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    private static JsonObject ObjectInfo(IEnumerable<Node> nodes) =>
        new(nodes
            .Select(node => node.Spec)
            .Select(spec => KeyValuePair.Create(spec.Class, (JsonNode?)spec.ToJson())));

    private JsonObject SystemStats()
    {
        var memory = GC.GetGCMemoryInfo();
        var total = memory.TotalAvailableMemoryBytes;
        var free = total - memory.MemoryLoadBytes;
        return new JsonObject
        {
            ["system"] = options.Version.TellsItsVersion ? System(total, free) : OldSystem(),
            ["devices"] = new JsonArray(new JsonObject
            {
                ["name"] = "emulated",
                ["type"] = "cpu",
                ["index"] = null,
                ["vram_total"] = total,
                ["vram_free"] = free,
                ["torch_vram_total"] = total,
                ["torch_vram_free"] = free,
            }),
        };
    }

    private JsonObject System(long ramTotal, long ramFree) => new()
    {
        ["os"] = "posix",
        ["ram_total"] = ramTotal,
        ["ram_free"] = ramFree,
        ["comfyui_version"] = options.Version.Name,
        ["required_frontend_version"] = null,
        ["installed_templates_version"] = null,
        ["required_templates_version"] = null,
        ["python_version"] = "none (emulator)",
        ["pytorch_version"] = "none (emulator)",
        ["embedded_python"] = false,
        ["argv"] = Json.Strings(["comfyui-emulator"]),
    };

    private static JsonObject OldSystem() => new()
    {
        ["os"] = "posix", ["python_version"] = "none (emulator)", ["embedded_python"] = false,
    };
}
