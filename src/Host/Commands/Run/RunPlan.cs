using AkkaComfy.Host.Endpoints.Bodies;

namespace AkkaComfy.Host.Commands.Run;

/// <summary>Which files make which jobs, and what the results are called.</summary>
internal static class RunPlan
{
    /// <summary>One job for each file, in the workflow's first image; or one job without any.</summary>
    /// <exception cref="CommandException">The workflow does not take what was given.</exception>
    public static IReadOnlyList<RunItem> Of(
        WorkflowBody workflow, IReadOnlyList<string> files, IReadOnlyList<(string Key, string Value)> parameters)
    {
        var unknown = parameters.Select(given => given.Key).Except(workflow.Inputs.Keys).ToList();
        if (unknown.Count > 0)
        {
            throw CommandException.Usage(
                $"'{workflow.Name}' has no input '{unknown[0]}'; it has: {string.Join(", ", workflow.Inputs.Keys)}.");
        }

        var images = parameters.Where(given => TakesFile(workflow.Inputs[given.Key]))
            .Select(given => (given.Key, given.Value.TrimStart('@'))).ToList();
        var values = parameters.Where(given => !TakesFile(workflow.Inputs[given.Key])).ToList();
        var field = FieldForFiles(workflow, images);
        if (field is null && files.Count > 0)
        {
            throw CommandException.Usage($"'{workflow.Name}' takes no {(images.Count > 0 ? "further " : "")}image, "
                + $"but '{files[0]}' is given.");
        }

        if (files.Count == 0 && field is not null && workflow.Inputs[field].Required)
        {
            throw CommandException.Usage($"'{workflow.Name}' needs an image: name at least one file.");
        }

        var named = files.Select(Path.GetFileName).Distinct().Count() == files.Count;
        return files.Count == 0
            ? [new RunItem(workflow.Name, workflow.Name, "") { Images = images, Values = values }]
            : [.. files.Zip(Stems(files), (file, stem) => new RunItem(
                named ? Path.GetFileName(file) : file, workflow.Name, stem)
            {
                Images = [(field!, file), .. images], Values = values,
            })];
    }

    /// <summary>Every image through every workflow that needs no more than one.</summary>
    public static IReadOnlyList<RunItem> ForAll(IReadOnlyList<WorkflowBody> workflows, IReadOnlyList<string> files)
    {
        var fields = workflows
            .Select(workflow => (workflow.Name, Needs: workflow.Inputs.Where(input => input.Value.Required).ToList()))
            .Where(workflow => workflow.Needs is [{ Value.Type: "image" }])
            .Select(workflow => (workflow.Name, Field: workflow.Needs[0].Key))
            .ToList();
        return
        [
            .. files.Zip(Stems(files)).SelectMany(image => fields.Select(workflow =>
                new RunItem($"{Path.GetFileName(image.First)} {workflow.Name}", workflow.Name, image.Second)
                {
                    Images = [(workflow.Field, image.First)],
                })),
        ];
    }

    /// <summary>Files of equal names get numbers, so that no result stands in for another.</summary>
    private static List<string> Stems(IReadOnlyList<string> files)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var stems = new List<string>();
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var stem = name;
            for (var number = 2; !used.Add(stem); number++)
            {
                stem = $"{name}-{number}";
            }

            stems.Add(stem);
        }

        return stems;
    }

    /// <summary>The first image that is needed and not given by name, else the first that may be given.</summary>
    private static string? FieldForFiles(WorkflowBody workflow, List<(string Key, string Path)> given)
    {
        var free = workflow.Inputs
            .Where(input => input.Value.Type == "image" && given.TrueForAll(image => image.Key != input.Key)).ToList();
        return free.Where(input => input.Value.Required).Concat(free).Select(input => input.Key).FirstOrDefault();
    }

    private static bool TakesFile(InputBody input) => input.Type is "image" or "mask";
}
