using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Tests.Nodes;

public sealed class DocumentationTests
{
    [Fact]
    public async Task Every_node_is_in_the_table_of_the_documentation()
    {
        await using var test = await TestComfy.StartAsync();
        var nodes = (JsonObject)await test.GetAsync("/object_info");
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "emulator.md"));
        Assert.All(nodes, node => Assert.Contains($"`{node.Key}`", text, StringComparison.Ordinal));
    }
}
