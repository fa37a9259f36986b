using System.Diagnostics;
using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Uploads;
using AkkaComfy.Host.Uploads.Prompts;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Submission;

/// <summary>Makes a job of a request: reads and checks the upload, stores its files, submits.</summary>
internal sealed class SubmissionDesk(
    UploadReader uploads, PromptReader prompts, Leftovers leftovers, JobsGateway gateway, TimeProvider time)
{
    /// <summary>A job that is not recorded after so long a time without an answer never will be.</summary>
    private static readonly TimeSpan Undecided = TimeSpan.FromMinutes(5);

    /// <returns>A <see cref="Jobs.Accepted"/> or a <see cref="Jobs.Replayed"/>.</returns>
    public async Task<Try<Jobs.IReply>> SubmitAsync(HttpRequest request, Workflow workflow, Terms terms)
    {
        await using var upload = await uploads.ReadAsync(request, workflow, request.HttpContext.RequestAborted);
        return InputsReader.Read(workflow, upload).Failed(out var problem, out var read)
            ? problem
            : await SubmitAsync(request, workflow.Name, workflow.Priority, upload, read, terms);
    }

    /// <summary>The same for a graph that the client brings.</summary>
    public async Task<Try<Jobs.IReply>> SubmitPromptAsync(HttpRequest request, Terms terms)
    {
        await using var upload = await prompts.ReadAsync(request, request.HttpContext.RequestAborted);
        return InputsReader.WhatIsWrong(upload) is { } problem
            ? problem
            : await SubmitAsync(request, WorkflowName.Prompt, priority: 0, upload, Inputs.Empty, terms);
    }

    private async Task<Try<Jobs.IReply>> SubmitAsync(
        HttpRequest request, WorkflowName workflow, int priority, Upload upload, Inputs read, Terms terms)
    {
        var isRecorded = false;
        var isUndecided = false;
        try
        {
            var inputs = await upload.KeepAsync(read, request.HttpContext.RequestAborted);
            var key = terms.Key is null
                ? null
                : new IdempotencyKey(terms.Key, RequestHash.Of(workflow, Given(upload, inputs)));
            var reply = await gateway.SubmitAsync(new Jobs.Submit(
                JobId.New(time.GetUtcNow()), workflow, inputs, priority, terms.NeedsHealthyInstance, key));
            isRecorded = reply is Jobs.Accepted;
            return reply switch
            {
                Jobs.Accepted or Jobs.Replayed => new Try<Jobs.IReply>(reply),
                Jobs.Refused refused => ProblemMapping.From(refused.Why),
                _ => throw new UnreachableException($"{reply.GetType().Name} answers no submission"),
            };
        }
        catch (AskTimeoutException) when (terms.Key is not null)
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

    /// <summary>What is stored, the client sent; of all else, only what it named.</summary>
    private static IEnumerable<KeyValuePair<string, InputValue>> Given(Upload upload, Inputs inputs) => inputs.Values
        .Where(input => input.Value is InputValue.Image or InputValue.Graph || upload.Fields.ContainsKey(input.Key));
}

/// <summary>On what terms a client submits.</summary>
/// <param name="Key">Its idempotency key; null for none.</param>
internal sealed record Terms(string? Key, bool NeedsHealthyInstance);
