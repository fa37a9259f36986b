namespace AkkaComfy.Host.Tests.Service;

/// <summary>A folder with one workflow whose node takes as long, and shows as many previews, as it is told.</summary>
internal sealed class ProbeWorkflow : IDisposable
{
    private const string Manifest = """
        {
          "title": "Probe",
          "description": "Takes time and shows previews.",
          "inputs": {
            "seconds": { "type": "number", "bind": "2.seconds", "default": 0.1, "minimum": 0, "maximum": 3600 },
            "steps": { "type": "integer", "bind": "2.steps", "default": 5, "minimum": 0 },
            "fail_at": { "type": "integer", "bind": "2.fail_at", "default": 0, "minimum": 0 }
          },
          "outputs": [ { "node": "3", "name": "image" } ]
        }
        """;

    private const string Graph = """
        {
          "1": { "inputs": { "width": 512, "height": 512, "batch_size": 1, "color": 0 }, "class_type": "EmptyImage" },
          "2": {
            "inputs": {
              "image": ["1", 0], "seconds": 0.1, "steps": 5, "preview": true, "fail_at": 0, "exit_at": 0, "salt": 0
            },
            "class_type": "ProbeWork"
          },
          "3": { "inputs": { "filename_prefix": "probe", "images": ["2", 0] }, "class_type": "SaveImage" }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akkacomfy-probe-");

    public ProbeWorkflow()
    {
        var workflow = _folder.CreateSubdirectory("probe").FullName;
        File.WriteAllText(Path.Combine(workflow, "manifest.json"), Manifest);
        File.WriteAllText(Path.Combine(workflow, "workflow.json"), Graph);
    }

    public (string Key, string Value) Setting => ("WORKFLOWS_DIRECTORY", _folder.FullName);

    public static async Task<string> AcceptAsync(RunningService service, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        using var answer = await service.Http.PostAsync("/api/async/probe", form);
        return (await RunningService.JsonAsync(answer)).GetProperty("job_id").GetString()!;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
