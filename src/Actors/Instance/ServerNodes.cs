using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Eligibility;

namespace AkkaComfy.Actors.Instance;

/// <summary>What a server says of its nodes, as eligibility is decided on it.</summary>
internal sealed class ServerNodes(ObjectInfo info) : INodeInventory
{
    public bool Has(string classType) => info.Has(classType);

    public IReadOnlyList<string>? Choices(string classType, string input) => info.Options(classType, input);

    public bool OffersModel(string model) => info.Classes.Values
        .SelectMany(node => node.Inputs.Values)
        .Any(input => input.Options?.Any(offered => Names(offered, model)) == true);

    /// <summary>A server on Windows separates folders its own way.</summary>
    private static bool Names(string offered, string model) =>
        offered.EndsWith(model, StringComparison.Ordinal)
        && (offered.Length == model.Length || offered[^(model.Length + 1)] is '/' or '\\');
}
