using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Host.Watching;

/// <summary>Registers the catalog of workflows, to be kept up to date by <see cref="WorkflowWatch"/>.</summary>
internal static class WorkflowServices
{
    /// <param name="catalog">The workflows at start.</param>
    public static IServiceCollection AddWorkflows(this IServiceCollection services, WorkflowCatalog catalog) => services
        .AddSingleton(new LiveCatalog(catalog))
        .AddSingleton<IWorkflowCatalog>(provider => provider.GetRequiredService<LiveCatalog>())
        .AddSingleton<CatalogKeeper>();
}
