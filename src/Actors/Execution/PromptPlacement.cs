using System.Text.Json.Nodes;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Execution;

/// <summary>Puts a job's inputs where its graph expects them, and makes the request to be posted.</summary>
public static class PromptPlacement
{
    public static async Task<PromptRequest> PlaceAsync(
        IComfyClient comfy,
        IBlobStore blobs,
        Workflow workflow,
        Executions.Run run,
        (PromptTag Tag, PromptTerms Terms) marks,
        CancellationToken cancellationToken)
    {
        var prompt = workflow.Bind(run.Inputs);
        var files = new List<PromptFile>();
        foreach (var image in prompt.Images)
        {
            if (image.Placement == ImagePlacement.Upload)
            {
                var uploaded = await comfy.UploadImageAsync(Upload(blobs, image.Blob), cancellationToken);
                prompt.Graph[image.NodeId]!["inputs"]![image.Input] = JsonValue.Create(uploaded.Reference);
            }
            else
            {
                files.Add(new PromptFile(image.NodeId, image.Input, image.Blob.Size, _ => Open(blobs, image.Blob)));
            }
        }

        return new PromptRequest(prompt.Graph, run.PromptId.Value)
        {
            Tag = marks.Tag,
            Terms = marks.Terms,
            Files = files,
        };
    }

    public static PromptTag TagOf(Executions.Run run, string gateway) =>
        new(run.JobId.ToString(), run.Attempt) { Gateway = gateway };

    /// <param name="limit">For a workflow that has none of its own.</param>
    public static PromptTerms TermsOf(Workflow workflow, TimeSpan limit) =>
        new(workflow.Version, [.. workflow.Outputs.Select(output => output.NodeId)], workflow.Timeout ?? limit);

    private static ImageUpload Upload(IBlobStore blobs, BlobRef blob) => new(
        $"{blob.Id.Value[..32]}.{blob.MediaType.Split('/')[^1]}", blob.MediaType, blob.Size, _ => Open(blobs, blob));

    private static ValueTask<Stream> Open(IBlobStore blobs, BlobRef blob) => new(blobs.OpenRead(blob.Id));
}
