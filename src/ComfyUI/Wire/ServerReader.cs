using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads what a server says of itself: statistics, node classes, its queue's length, stored uploads.</summary>
internal static class ServerReader
{
    /// <exception cref="FormatException">It is not ComfyUI that answers.</exception>
    public static SystemStats Stats(JsonElement answer)
    {
        var system = answer.Get("system");
        if (system.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException("system is missing");
        }

        return new SystemStats(
            system.Get("comfyui_version").Text(),
            system.Get("ram_total").Integer(),
            system.Get("ram_free").Integer(),
            [.. answer.Get("devices").Items().Select(device => new ComputeDevice(
                device.Get("name").Text() ?? "",
                device.Get("type").Text() ?? "",
                device.Get("vram_total").Integer(),
                device.Get("vram_free").Integer()))])
        {
            PythonVersion = system.Get("python_version").Text(),
            PytorchVersion = system.Get("pytorch_version").Text(),
            Os = system.Get("os").Text(),
        };
    }

    /// <exception cref="FormatException">There is no such number.</exception>
    public static int QueueRemaining(JsonElement answer) =>
        (int?)answer.Get("exec_info").Get("queue_remaining").Integer()
        ?? throw new FormatException("exec_info.queue_remaining is missing");

    /// <exception cref="FormatException">The name is missing.</exception>
    public static UploadedImage Uploaded(JsonElement answer) => new(
        answer.Get("name").Text() ?? throw new FormatException("name is missing"),
        answer.Get("subfolder").Text() ?? "",
        answer.Get("type").Text() ?? "input");

    /// <exception cref="FormatException">It is no list of classes.</exception>
    public static ObjectInfo Classes(JsonElement answer) => answer.ValueKind is JsonValueKind.Object
        ? new ObjectInfo(answer.Members().DistinctBy(member => member.Name).ToDictionary(
            member => member.Name, member => Class(member.Name, member.Value)))
        : throw new FormatException("the answer is not an object");

    private static NodeClass Class(string name, JsonElement declared)
    {
        var inputs = new Dictionary<string, NodeInput>();
        foreach (var group in (string[])["required", "optional"])
        {
            foreach (var input in declared.Get("input").Get(group).Members())
            {
                inputs[input.Name] = Input(input.Value, required: group == "required");
            }
        }

        return new NodeClass(name, inputs, declared.Get("output_node").Flag());
    }

    /// <summary>A list of values is ["COMBO", {options: […]}] on new servers and [[…], {…}] on all.</summary>
    private static NodeInput Input(JsonElement declared, bool required)
    {
        var (type, config) = (declared.At(0), declared.At(1));
        var list = type.ValueKind is JsonValueKind.Array ? type : config.Get("options");
        return new NodeInput(
            type.ValueKind is JsonValueKind.Array ? "COMBO" : type.Text() ?? "",
            required,
            list.ValueKind is JsonValueKind.Array ? Values(list) : null)
        {
            Minimum = Decimal(config.Get("min")),
            Maximum = Decimal(config.Get("max")),
            IsMultiline = config.Get("multiline").Flag(),
            Tooltip = config.Get("tooltip").Text(),
        };
    }

    private static decimal? Decimal(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;

    private static string[] Values(JsonElement list) => [.. list.Items().Select(Json.Text).OfType<string>()];
}
