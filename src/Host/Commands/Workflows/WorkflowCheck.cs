using System.Collections.Immutable;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Core.Workflows.Checking;
using AkkaComfy.Host.Watching;

namespace AkkaComfy.Host.Commands.Workflows;

/// <summary>What <c>workflow check</c> is asked.</summary>
/// <param name="Directory">Of the folders.</param>
/// <param name="Instances">Each workflow is held against; none for a check of the files alone.</param>
internal sealed record WorkflowCheckOptions(string Directory, ImmutableArray<ComfyEndpoint> Instances);

/// <summary>Checks every folder of workflows: its files, and what instances say of its nodes.</summary>
internal static class WorkflowCheck
{
    public static async Task<WorkflowCheckReport> RunAsync(
        WorkflowCheckOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var live = await Task.WhenAll(options.Instances.Select(
            instance => LiveNodes.ReadAsync(instance, time, cancellationToken)));
        var instances = live.Select(nodes => new InstanceReport(nodes.Instance, nodes.Declared is not null, nodes.Why));
        return new WorkflowCheckReport(
            options.Directory,
            [.. Folders(options.Directory).Select(folder => Check(folder, live))],
            [.. instances]);
    }

    private static List<string> Folders(string directory)
    {
        try
        {
            return WorkflowFolder.In(directory);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCodes.Configuration, "unreadable_directory",
                $"The directory {directory} of workflows cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static WorkflowReport Check(string folder, LiveNodes[] live)
    {
        var name = WorkflowFolder.NameOf(folder);
        try
        {
            var parsed = WorkflowFolder.Read(folder);
            return parsed.IsValid
                ? new WorkflowReport(name, parsed.Workflow.Version, Against(parsed.Workflow, live))
                : new WorkflowReport(name, null, [.. parsed.Problems.Select(WorkflowIssueReport.Of)]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new WorkflowReport(name, null,
                [WorkflowIssueReport.Of(new WorkflowProblem(WorkflowParser.GraphFile, "", unreadable.Message))]);
        }
    }

    /// <summary>An instance that lacks something is an error only if no other can run it: jobs go where they can.</summary>
    private static WorkflowIssueReport[] Against(Workflow workflow, LiveNodes[] live)
    {
        var found = live.Where(nodes => nodes.Declared is not null)
            .Select(nodes => (nodes.Instance, Issues: InstanceCheck.Of(workflow, nodes.Declared!)))
            .ToList();
        var runsSomewhere = found.Exists(each => each.Issues.All(issue => issue.Severity != IssueSeverity.Error));
        return
        [
            .. found.SelectMany(each => each.Issues.Select(issue => new WorkflowIssueReport(
                runsSomewhere ? IssueSeverity.Warning : issue.Severity,
                each.Instance, issue.File, issue.Place, issue.Reason))),
        ];
    }
}
