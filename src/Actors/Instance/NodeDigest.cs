using System.Collections.Frozen;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Eligibility;

namespace AkkaComfy.Actors.Instance;

/// <summary>As much of what a server says of its nodes as is worth keeping: the classes, and what their loaders offer.</summary>
internal sealed class NodeDigest : INodeInventory
{
    private readonly FrozenSet<string> _classes;
    private readonly FrozenDictionary<(string ClassType, string Input), IReadOnlyList<string>> _choices;

    public NodeDigest(ObjectInfo info)
    {
        _classes = info.Classes.Keys.ToFrozenSet(StringComparer.Ordinal);
        _choices = (from node in info.Classes.Values
                    where ModelInputs.IsLoader(node.Name)
                    from input in node.Inputs
                    where ModelInputs.NamesModel(input.Key) && input.Value.Options is not null
                    select KeyValuePair.Create((node.Name, input.Key), input.Value.Options)).ToFrozenDictionary();
    }

    public bool Has(string classType) => _classes.Contains(classType);

    public IReadOnlyList<string>? Choices(string classType, string input) =>
        _choices.GetValueOrDefault((classType, input));

    public bool OffersModel(string model) => _choices.Values.Any(offered => offered.Contains(model));
}
