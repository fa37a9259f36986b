using System.Diagnostics;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Uploads;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Submission;

/// <summary>Makes a job of a request: reads and checks the upload, stores its images, submits.</summary>
internal sealed class SubmissionDesk(
    UploadReader uploads, IBlobStore blobs, IJobStore jobs, JobsGateway gateway, TimeProvider time)
{
    public async Task<Try<Jobs.Accepted>> SubmitAsync(HttpRequest request, Workflow workflow, bool needsHealthyInstance)
    {
        var aborted = request.HttpContext.RequestAborted;
        await using var upload = await uploads.ReadAsync(request, workflow, aborted);
        if (InputsReader.Read(workflow, upload).Failed(out var problem, out var read))
        {
            return problem;
        }

        var isRecorded = false;
        try
        {
            var inputs = await upload.KeepAsync(read, aborted);
            var reply = await gateway.SubmitAsync(new Jobs.Submit(
                JobId.New(time.GetUtcNow()), workflow.Name, inputs, workflow.Priority, needsHealthyInstance));
            isRecorded = reply is Jobs.Accepted;
            return reply switch
            {
                Jobs.Accepted accepted => accepted,
                Jobs.Refused refused => ProblemMapping.From(refused.Why),
                _ => throw new UnreachableException($"{reply.GetType().Name} answers no submission"),
            };
        }
        finally
        {
            var stored = upload.Release();
            if (!isRecorded)
            {
                await blobs.DeleteUnusedAsync(jobs, stored, CancellationToken.None);
            }
        }
    }
}
