namespace AkkaComfy.Host.Demo;

/// <summary>Which images go through which workflows, and what the results are called.</summary>
internal static class DemoPlan
{
    /// <summary>Images of equal names get numbers, so that no result overwrites another.</summary>
    public static IReadOnlyList<DemoJob> For(
        IReadOnlyList<string> images, IReadOnlyList<(string Workflow, string Field)> workflows)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var jobs = new List<DemoJob>();
        foreach (var image in images)
        {
            var name = Path.GetFileNameWithoutExtension(image);
            var stem = name;
            for (var number = 2; !used.Add(stem); number++)
            {
                stem = $"{name}-{number}";
            }

            jobs.AddRange(workflows.Select(workflow => new DemoJob(image, workflow.Workflow, workflow.Field, stem)));
        }

        return jobs;
    }
}
