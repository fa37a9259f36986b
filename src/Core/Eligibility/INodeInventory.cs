namespace AkkaComfy.Core.Eligibility;

/// <summary>The node classes of one instance, and the values that their inputs offer.</summary>
public interface INodeInventory
{
    bool Has(string classType);

    /// <returns>Null if the input is no list of values, or nobody knows: any value may then do.</returns>
    IReadOnlyList<string>? Choices(string classType, string input);

    /// <summary>Whether any input of any class offers this model, by its path or by its file's name alone.</summary>
    bool OffersModel(string model);
}
