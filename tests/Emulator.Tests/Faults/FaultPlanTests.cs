using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Faults;
using AkkaComfy.Emulator.Faults.Kinds;

namespace AkkaComfy.Emulator.Tests.Faults;

/// <summary>Plans: written, refused, drawn from a seed, in force and called off.</summary>
public sealed class FaultPlanTests
{
    [Theory]
    [InlineData("nonsense", "the plan is no JSON")]
    [InlineData("[]", "the plan is [], allowed is an object with seed and rules")]
    [InlineData("""{"rules": {}}""", "rules is {}, allowed is a list")]
    [InlineData("""{"seed": 1.5, "rules": []}""", "seed is 1.5, allowed are whole numbers from -2147483648")]
    [InlineData("""{"sede": 1, "rules": []}""", "unknown field sede, allowed are seed and rules")]
    [InlineData("""{"rules": [{"fault": "fire"}]}""", """rules[0]: fault is "fire", allowed are clock_skew, """)]
    [InlineData(
        """{"rules": [{"fault": "freeze"}, {"fault": "http_error", "status": 200}]}""",
        "rules[1] (http_error): status is 200, allowed are whole numbers from 400 to 599")]
    [InlineData(
        """{"rules": [{"fault": "http_error", "when": "later"}]}""",
        """rules[0] (http_error): when is "later", allowed are "before", "after" """)]
    [InlineData(
        """{"rules": [{"fault": "http_error", "probability": 1.5}]}""",
        "rules[0] (http_error): probability is 1.5, allowed are numbers from 0 to 1")]
    [InlineData(
        """{"rules": [{"fault": "restart", "version": "1999"}]}""",
        """rules[0] (restart): version is "1999", allowed are "2023-12-31", "2024-08-13", "0.3.64" """)]
    [InlineData(
        """{"rules": [{"fault": "freeze", "from": 3, "until": 2}]}""",
        "rules[0] (freeze): until is 2, allowed are numbers above from, which is 3")]
    [InlineData(
        """{"rules": [{"fault": "freeze", "route": "/view"}]}""",
        "rules[0] (freeze): unknown field route, allowed are ")]
    [InlineData(
        """{"rules": [{"fault": "slow_first_byte", "delay_ms": "soon"}]}""",
        """rules[0] (slow_first_byte): delay_ms is "soon", allowed are whole numbers from 0 to 3600000""")]
    public void A_bad_plan_is_refused_by_rule_field_value_and_range(string json, string complaint)
    {
        var error = Assert.Throws<FormatException>(() => FaultScript.Parse(json));
        Assert.Contains(complaint.TrimEnd(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_of_a_plan_is_named_at_once()
    {
        var error = Assert.Throws<FormatException>(() => FaultScript.Parse(
            """{"rules": [{"fault": "http_error", "status": 1, "times": 0}, {"fault": "fire"}]}"""));
        Assert.All(
            ["status is 1", "times is 0", "fault is \"fire\""],
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_out_of_range_is_not_applied()
    {
        using var plan = new FaultPlan(TimeProvider.System);
        var error = Assert.Throws<ArgumentException>(() => plan.Apply(new HttpError { Status = 200 }));
        Assert.Contains("rules[0] (http_error): status is 200", error.Message, StringComparison.Ordinal);
        Assert.Empty(plan.Rules);
    }

    [Fact]
    public void Every_kind_of_fault_reads_as_it_is_written()
    {
        foreach (var (name, kind) in FaultKind.All)
        {
            var written = FaultKind.ToJson(kind.Blank() with { From = 1, Until = 2.5 });
            var script = FaultScript.Parse(new JsonObject { ["rules"] = new JsonArray(written) }.ToJsonString());
            Assert.Equal(name, (string?)written["fault"]);
            Assert.Equal(kind.Blank() with { From = 1, Until = 2.5 }, Assert.Single(script.Rules));
        }
    }

    [Fact]
    public void Every_kind_of_fault_and_each_of_its_fields_is_in_the_table_of_the_documentation()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "emulator.md"));
        Assert.All(FaultKind.All, kind =>
        {
            Assert.Contains($"\n| `{kind.Key}` |", text, StringComparison.Ordinal);
            Assert.All(
                kind.Value.Fields, field => Assert.Contains($"`{field.Name}`", text, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_same_seed_and_the_same_events_give_the_same_faults()
    {
        Assert.Equal(Drawn(seed: 7), Drawn(seed: 7));
        Assert.NotEqual(Drawn(seed: 7), Drawn(seed: 8));
        Assert.InRange(Drawn(seed: 7).Count(struck => struck), 30, 90);
    }

    [Fact]
    public void A_rule_does_not_change_the_luck_of_another()
    {
        Assert.Equal(Drawn(seed: 7), Drawn(seed: 7, new ViewShort { Probability = 0.5 }));
    }

    [Fact]
    public async Task A_rule_holds_from_its_beginning_to_its_end()
    {
        var clock = new VirtualTime();
        using var plan = new FaultPlan(clock);
        plan.Apply(new Freeze { From = 1, Until = 3 });
        var seen = new List<bool>();
        for (var second = 0.5; second < 4; second++)
        {
            await clock.AdvanceToAsync(TimeSpan.FromSeconds(second), () => Task.CompletedTask);
            seen.Add(plan.Holding<Freeze>() is not null);
        }

        Assert.Equal([false, true, true, false], seen);
        Assert.Null(clock.NextDue);
    }

    [Fact]
    public async Task The_plan_is_seen_replaced_added_to_and_called_off_over_HTTP()
    {
        await using var test = await TestComfy.StartAsync(
            new() { Faults = new FaultScript(3, [new ViewMissing { Times = 1 }]) });
        using var missing = await test.Http.GetAsync("/view?filename=x");
        var seen = await test.GetAsync("/emulator/faults");
        Assert.Equal(3, (int)seen["plan"]!["seed"]!);
        Assert.Equal(1, (int)seen["counts"]![0]!["struck"]!);

        var replaced = await PutAsync("""{"seed": 4, "rules": [{"fault": "http_error", "route": "/queue"}]}""");
        Assert.True(replaced.IsSuccessStatusCode);
        Assert.Equal(500, (int)(await test.Http.GetAsync("/queue")).StatusCode);

        using var added = await test.Http.PostAsync(
            "/emulator/faults", new StringContent("""{"fault": "http_error", "route": "/features", "status": 503}"""));
        Assert.Equal(503, (int)(await test.Http.GetAsync("/features")).StatusCode);
        Assert.Equal(2, (await test.GetAsync("/emulator/faults"))["plan"]!["rules"]!.AsArray().Count);

        using var healed = await test.Http.DeleteAsync("/emulator/faults");
        Assert.Equal(200, (int)(await test.Http.GetAsync("/queue")).StatusCode);

        using var refused = await PutAsync("""{"rules": [{"fault": "fire"}]}""");
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains("rules[0]: fault is", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Task<HttpResponseMessage> PutAsync(string json) =>
            test.Http.PutAsync("/emulator/faults", new StringContent(json));
    }

    [Fact]
    public async Task Pages_of_other_origins_cannot_change_the_plan()
    {
        await using var test = await TestComfy.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/emulator/faults");
        request.Headers.Add("Origin", "http://elsewhere.example");
        using var answer = await test.Http.SendAsync(request);
        Assert.Equal(403, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_ledger_is_shown_over_HTTP()
    {
        await using var test = await TestComfy.StartAsync();
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(), id: "shown"));
        var shown = (await test.GetAsync("/emulator/ledger"))["executions"]![0]!;
        Assert.Equal(("shown", "succeeded"), ((string?)shown["prompt_id"], (string?)shown["outcome"]));
        Assert.True((double)shown["end_clock_ms"]! >= (double)shown["start_clock_ms"]!);
    }

    private static List<bool> Drawn(int seed, params FaultRule[] others)
    {
        using var plan = new FaultPlan(TimeProvider.System);
        plan.Use(new FaultScript(seed, [new ViewMissing { Probability = 0.3 }, .. others]));
        return [.. Enumerable.Range(0, 200)
            .Select(_ => plan.Striking<HttpFault>(_ => true).Any(fault => fault is ViewMissing))];
    }
}
