using System.Diagnostics;
using System.Text.Json.Nodes;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>Puts values into a graph.</summary>
internal static class PromptBinder
{
    public static BoundPrompt Bind(
        PromptGraph graph, IReadOnlyDictionary<string, InputSpec> specs, Inputs inputs)
    {
        var prompt = graph.Copy();
        var images = new List<ImageBinding>();
        foreach (var (name, value) in inputs.Values)
        {
            // A job recorded before its workflow changed may name an input that is gone: it has nowhere to go.
            if (!specs.TryGetValue(name, out var spec))
            {
                continue;
            }

            foreach (var target in spec.Bind)
            {
                if (value is InputValue.Image image)
                {
                    images.Add(new ImageBinding(target.NodeId, target.Input, image.Blob, graph.PlacementOf(target)));
                }
                else
                {
                    prompt[target.NodeId]!["inputs"]![target.Input] = ToJson(value);
                }
            }
        }

        return new BoundPrompt(prompt, images);
    }

    private static JsonNode ToJson(InputValue value) => value switch
    {
        InputValue.Text text => JsonValue.Create(text.Value),
        InputValue.Integer integer => JsonValue.Create(integer.Value),
        InputValue.Number number => JsonValue.Create(number.Value),
        InputValue.Flag flag => JsonValue.Create(flag.Value),
        _ => throw new UnreachableException($"{value.GetType().Name} is not a value of a widget"),
    };
}
