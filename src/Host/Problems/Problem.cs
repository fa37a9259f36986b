using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Problems;

/// <summary>What went wrong with a request, as the client is told: an RFC 9457 problem with a stable code.</summary>
/// <param name="Code">A stable snake_case word.</param>
/// <param name="Error">One short sentence.</param>
public sealed record Problem(int Status, string Code, string Error)
{
    /// <summary>What is wrong with each field; null unless fields are at fault.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>>? Errors { get; init; }

    /// <summary>What each instance lacks for the workflow, where that is the problem.</summary>
    public ImmutableArray<InstanceLack> Missing { get; init; } = [];

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The job it is about, where there is one.</summary>
    public JobId? JobId { get; init; }

    /// <summary>The ComfyUI node that failed, where one did.</summary>
    public string? NodeId { get; init; }

    public string? NodeType { get; init; }

    public static Problem Field(string field, string message, string code = "invalid_input") =>
        Fields(code, (field, message));

    public static Problem Fields(string code, params IEnumerable<(string Field, string Message)> wrong)
    {
        var errors = wrong.GroupBy(entry => entry.Field, entry => entry.Message, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(field => field.Key, field => field.ToImmutableArray(), StringComparer.Ordinal);
        var sentence = errors.Values.First()[0].TrimEnd('.');
        return new Problem(StatusCodes.Status400BadRequest, code, $"{sentence}.") { Errors = errors };
    }
}
