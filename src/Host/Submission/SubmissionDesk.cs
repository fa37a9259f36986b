using System.Diagnostics;
using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Uploads;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Submission;

/// <summary>Makes a job of a request: reads and checks the upload, stores its images, submits.</summary>
internal sealed class SubmissionDesk(
    UploadReader uploads, Leftovers leftovers, JobsGateway gateway, TimeProvider time)
{
    /// <summary>A job that is not recorded after so long a time without an answer never will be.</summary>
    private static readonly TimeSpan Undecided = TimeSpan.FromMinutes(5);

    /// <param name="key">The client's idempotency key; null for none.</param>
    /// <returns>A <see cref="Jobs.Accepted"/> or a <see cref="Jobs.Replayed"/>.</returns>
    public async Task<Try<Jobs.IReply>> SubmitAsync(
        HttpRequest request, Workflow workflow, string? key, bool needsHealthyInstance)
    {
        var aborted = request.HttpContext.RequestAborted;
        await using var upload = await uploads.ReadAsync(request, workflow, aborted);
        if (InputsReader.Read(workflow, upload).Failed(out var problem, out var read))
        {
            return problem;
        }

        var isRecorded = false;
        var isUndecided = false;
        try
        {
            var inputs = await upload.KeepAsync(read, aborted);
            var reply = await gateway.SubmitAsync(new Jobs.Submit(
                JobId.New(time.GetUtcNow()), workflow.Name, inputs, workflow.Priority, needsHealthyInstance,
                key is null ? null : new IdempotencyKey(key, RequestHash.Of(workflow.Name, Given(upload, inputs)))));
            isRecorded = reply is Jobs.Accepted;
            return reply switch
            {
                Jobs.Accepted or Jobs.Replayed => new Try<Jobs.IReply>(reply),
                Jobs.Refused refused => ProblemMapping.From(refused.Why),
                _ => throw new UnreachableException($"{reply.GetType().Name} answers no submission"),
            };
        }
        catch (AskTimeoutException) when (key is not null)
        {
            // It may be recorded yet, and the client will ask for it by its key: the files stay held until then.
            isUndecided = true;
            throw;
        }
        finally
        {
            if (isUndecided)
            {
                _ = leftovers.LetGoAfterAsync(Task.Delay(Undecided, time, gateway.Closing), upload);
            }
            else if (isRecorded)
            {
                upload.Release();
            }
            else
            {
                await leftovers.LetGoAsync(upload);
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, InputValue>> Given(Upload upload, Inputs inputs) => inputs.Values
        .Where(input => input.Value is InputValue.Image || upload.Fields.ContainsKey(input.Key));
}
