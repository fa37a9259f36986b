using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Faults;

/// <summary>/emulator/faults: looks at the plan, replaces it, adds to it, calls it off.</summary>
internal sealed class FaultEndpoints(FaultPlan plan)
{
    /// <summary>Where the emulator's own paths are, none of which ComfyUI has.</summary>
    public const string Root = "/emulator";

    private const string Path = Root + "/faults";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(Path, ["GET", "HEAD"], ShowAsync);
        app.MapPut(Path, ReplaceAsync);
        app.MapPost(Path, AddAsync);
        app.MapDelete(Path, HealAsync);
    }

    private Task ShowAsync(HttpContext http) => Reply.Json(http, ToJson());

    private Task ReplaceAsync(HttpContext http) => ChangeAsync(http, json => plan.Use(FaultScript.Parse(json)));

    private Task AddAsync(HttpContext http) =>
        ChangeAsync(http, json => plan.Apply(FaultScriptReader.ReadRules(JsonNode.Parse(json))));

    private Task HealAsync(HttpContext http)
    {
        plan.Heal();
        return ShowAsync(http);
    }

    private async Task ChangeAsync(HttpContext http, Action<string> change)
    {
        using var reader = new StreamReader(http.Request.Body);
        var json = await reader.ReadToEndAsync(http.RequestAborted);
        try
        {
            change(json);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            await Reply.Json(http, new JsonObject { ["error"] = e.Message }, StatusCodes.Status400BadRequest);
            return;
        }

        await ShowAsync(http);
    }

    private JsonObject ToJson()
    {
        var rules = plan.Rules;
        return new JsonObject
        {
            ["plan"] = new JsonObject
            {
                ["seed"] = plan.Seed,
                ["rules"] = new JsonArray([.. rules.Select(state => FaultKind.ToJson(state.Rule))]),
            },
            ["counts"] = new JsonArray([.. rules.Select(state => new JsonObject
            {
                ["fault"] = state.Rule.Name, ["matched"] = state.Matched, ["struck"] = state.Struck,
            })]),
        };
    }
}
