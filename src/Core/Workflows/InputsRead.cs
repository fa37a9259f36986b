using System.Diagnostics.CodeAnalysis;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>A job's inputs, or what is wrong with them by field.</summary>
public sealed record InputsRead(Inputs? Inputs, IReadOnlyDictionary<string, string[]> Errors)
{
    [MemberNotNullWhen(true, nameof(Inputs))]
    public bool IsValid => Inputs is not null;
}
