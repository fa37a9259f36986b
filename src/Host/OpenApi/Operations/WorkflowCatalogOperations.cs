namespace AkkaComfy.Host.OpenApi.Operations;

/// <summary>What can be run.</summary>
internal static class WorkflowCatalogOperations
{
    public static OperationText List { get; } = new OperationText(Tags.Workflows, "listWorkflows", "All workflows")
        .Answers(Examples.Workflows);

    public static OperationText Get { get; } = new OperationText(Tags.Workflows, "getWorkflow", "One workflow")
        .Answers(Examples.Workflow)
        .Fails("unknown_workflow");
}
