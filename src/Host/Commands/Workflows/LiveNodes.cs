using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Host.Commands.Workflows;

/// <summary>What one instance says of its node classes, or why it says nothing.</summary>
internal sealed record LiveNodes(string Instance, IReadOnlyDictionary<string, DeclaredNode>? Declared, string? Why)
{
    /// <summary>The first question tells whether anybody is there: it is asked once, and not for long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<LiveNodes> ReadAsync(
        ComfyEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        using var transport = ComfyTransport.Create();
        var client = new ComfyClient(endpoint, transport, new ComfyClientOptions { ProbeTimeout = Patience }, time);
        try
        {
            await client.GetSystemStatsAsync(cancellationToken);
            var info = await client.GetObjectInfoAsync(cancellationToken);
            return new LiveNodes(endpoint.Host, info.Classes.ToDictionary(
                node => node.Key, node => Declare(node.Value), StringComparer.Ordinal), null);
        }
        catch (ComfyException silent)
        {
            return new LiveNodes(endpoint.Host, null, silent.Fault.Message);
        }
    }

    private static DeclaredNode Declare(NodeClass node) => new(
        node.Inputs.ToDictionary(input => input.Key, input => Declare(input.Value), StringComparer.Ordinal), node.IsOutput);

    private static DeclaredInput Declare(ComfyUI.NodeInput input) => new(input.Type, input.Required)
    {
        Options = input.Options,
        Minimum = input.Minimum,
        Maximum = input.Maximum,
        IsMultiline = input.IsMultiline,
        Description = input.Tooltip,
    };
}
