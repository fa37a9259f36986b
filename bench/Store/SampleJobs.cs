using System.Security.Cryptography;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Bench.Store;

/// <summary>New jobs as the service records them.</summary>
internal static class SampleJobs
{
    public static readonly WorkflowName Upscale = new("upscale-image");
    public static readonly WorkflowName RemoveBackground = new("remove-background");

    /// <summary>One small image of content that repeats, as one client with few images would send.</summary>
    private static readonly BlobRef[] FewImages =
    [
        .. Enumerable.Range(0, 16).Select(n => new BlobRef(
            new BlobId(Convert.ToHexStringLower(SHA256.HashData([(byte)n]))), 100_000, "image/png")),
    ];

    public static JobCommit Submission(int number, BlobRef? image = null)
    {
        var at = TimeProvider.System.GetUtcNow();
        var inputs = new Inputs(Inputs.Empty.Values.Add(
            "imageFile", new InputValue.Image(image ?? FewImages[number % FewImages.Length], 512, 512)));
        var submitted = new Jobs.Submitted(
            JobId.New(at), number % 2 == 0 ? Upscale : RemoveBackground, inputs, number % 3, at);
        return new JobCommit(Job.From(submitted), [submitted]);
    }
}
