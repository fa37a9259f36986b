using System.Collections.Immutable;

namespace AkkaComfy.Host.OpenApi;

/// <summary>The chapters of the document.</summary>
internal static class Tags
{
    public const string Submitting = "Submitting";
    public const string Following = "Following";
    public const string Managing = "Managing";
    public const string Workflows = "Workflows";
    public const string Fleet = "Fleet";
    public const string Watching = "Watching";

    /// <summary>In the order in which they are shown.</summary>
    public static ImmutableArray<(string Name, string Description)> All { get; } =
    [
        (Submitting, "Making a job: each workflow's name is its route."),
        (Following, "One job: how far it is, what it made, and ending it."),
        (Managing, "All jobs."),
        (Workflows, "What can be run, and with which inputs."),
        (Fleet, "The ComfyUI instances."),
        (Watching, "Health, figures and the log of the service."),
    ];
}
