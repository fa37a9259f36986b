using System.Globalization;
using System.Text.Json;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;

namespace AkkaComfy.Host.Commands.Manage;

/// <summary>Instances as people see them.</summary>
internal static class InstanceSheets
{
    private const double Gigabyte = 1 << 30;

    public static Sheet List(JsonElement fleet) => fleet.Items("instances").Aggregate(
        new Sheet("Instance", "State", "Circuit", "Jobs", "Version", "Free memory", "Checked", "Fault"),
        (sheet, instance) => sheet.Add(
            instance.Text("id"), instance.Text("state"), instance.Text("circuit"),
            $"{instance.Integer("active_jobs")}/{instance.Integer("max_jobs")}",
            instance.Member("server")?.Text("comfyui_version"), Memory(instance),
            Moment.OfDay(instance.Text("last_check_at")), instance.Text("last_fault")));

    public static Sheet Facts(JsonElement instance)
    {
        var server = instance.Member("server") ?? default;
        var sheet = new Sheet("Instance", "")
            .Add("id", instance.Text("id"))
            .Add("state", instance.Text("state"))
            .Add("circuit", instance.Text("circuit"))
            .Add("jobs", $"{instance.Integer("active_jobs")} of {instance.Integer("max_jobs")}")
            .Add("weight", instance.Integer("weight")?.ToString(CultureInfo.InvariantCulture))
            .Add("tags", string.Join(", ", instance.Items("tags")))
            .Add("connections", string.Join(", ", instance.Items("connections")))
            .Add("checked", Moment.OfDay(instance.Text("last_check_at")))
            .Add("fault", instance.Text("last_fault"))
            .Add("ComfyUI", server.Text("comfyui_version"))
            .Add("Python", server.Text("python_version"))
            .Add("PyTorch", server.Text("pytorch_version"))
            .Add("memory", Free(server, "ram_free", "ram_total"));
        foreach (var device in server.Items("devices"))
        {
            sheet.Add($"device {device.Text("name")}", Free(device, "vram_free", "vram_total"));
        }

        foreach (var missing in instance.Items("missing"))
        {
            string[] kinds = ["nodes", "models", "tags"];
            var lacks = string.Join(", ", kinds.SelectMany(kind => missing.Items(kind)));
            sheet.Add($"cannot run {missing.Text("workflow")}", $"lacks {lacks}");
        }

        return sheet;
    }

    public static Sheet Circuit(JsonElement instance) => instance.Items("circuit_history").Aggregate(
        new Sheet("When", "From", "To", "After", "Why"),
        (sheet, change) => sheet.Add(
            Moment.Full(change.Text("at")), change.Text("from"), change.Text("to"),
            string.Create(CultureInfo.InvariantCulture, $"{change.Number("after_seconds"):0.0} s"),
            change.Text("why")));

    /// <summary>That of the devices, which is what runs out; where they tell none, the machine's.</summary>
    private static string? Memory(JsonElement instance)
    {
        var server = instance.Member("server") ?? default;
        var devices = server.Items("devices")
            .Select(device => Free(device, "vram_free", "vram_total")).OfType<string>().ToList();
        return devices.Count > 0 ? string.Join(", ", devices) : Free(server, "ram_free", "ram_total");
    }

    private static string? Free(JsonElement of, string free, string total) =>
        of.Number(free) is { } left && of.Number(total) is { } all
            ? string.Create(CultureInfo.InvariantCulture, $"{left / Gigabyte:0.0} of {all / Gigabyte:0.0} GiB")
            : null;
}
