using System.Collections.Frozen;
using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Eligibility;

/// <summary>What an instance must have to run a workflow.</summary>
/// <param name="Models">Named by the manifest: any input may offer them.</param>
/// <param name="Choices">Named in the graph: this input must offer this value.</param>
public sealed record WorkflowNeeds(
    IReadOnlySet<string> Classes,
    ImmutableArray<string> Models,
    ImmutableArray<NeededChoice> Choices,
    ImmutableArray<string> Tags)
{
    /// <summary>What a graph needs that no manifest says more of.</summary>
    public static WorkflowNeeds Of(GraphNeeds needs) =>
        new(needs.Classes.ToFrozenSet(StringComparer.Ordinal), [], needs.Choices, []);

    /// <param name="inventory">Null while it is unknown: everything in it then counts as there.</param>
    /// <returns>Null when nothing is known to be lacking.</returns>
    public Lack? LackedBy(WorkflowName workflow, IEnumerable<string> tags, INodeInventory? inventory)
    {
        var lack = new Lack(
            workflow,
            inventory is null ? [] : Sorted(Classes.Where(needed => !inventory.Has(needed))),
            inventory is null ? [] : Sorted(MissingModels(inventory)),
            Sorted(Tags.Except(tags, StringComparer.Ordinal)));
        return lack is { Nodes.IsEmpty: true, Models.IsEmpty: true, Tags.IsEmpty: true } ? null : lack;
    }

    // A class that is missing has no list to look into; its absence is told instead.
    private IEnumerable<string> MissingModels(INodeInventory inventory) => Choices
        .Where(needed => inventory.Has(needed.ClassType)
            && inventory.Choices(needed.ClassType, needed.Input)?.Contains(needed.Value) == false)
        .Select(needed => needed.Value)
        .Concat(Models.Where(model => !inventory.OffersModel(model)));

    private static ImmutableArray<string> Sorted(IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
