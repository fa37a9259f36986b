using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AkkaComfy.ComfyUI.Http;

/// <summary>The pipeline of each kind of call: a timeout for all, repetition where it does no harm.</summary>
internal sealed class ComfyPipelines(ComfyClientOptions options, TimeProvider time)
{
    private readonly ResiliencePipeline _probe = Pipeline(options, time, options.ProbeTimeout, repeat: false);
    private readonly ResiliencePipeline _look = Pipeline(
        options, time, options.LookTimeout, repeat: true, repeatSilence: false);

    private readonly ResiliencePipeline _repeatable = Pipeline(options, time, options.CallTimeout, repeat: true);
    private readonly ResiliencePipeline _once = Pipeline(options, time, options.LookTimeout, repeat: false);
    private readonly ResiliencePipeline _submit = Pipeline(options, time, options.SubmitTimeout, repeat: false);
    private readonly ResiliencePipeline _upload = Pipeline(options, time, options.SubmitTimeout, repeat: true);

    public ResiliencePipeline this[CallKind kind] => kind switch
    {
        CallKind.Probe => _probe,
        CallKind.Look => _look,
        CallKind.Repeatable => _repeatable,
        CallKind.Once => _once,
        CallKind.Submit => _submit,
        _ => _upload,
    };

    private static ResiliencePipeline Pipeline(
        ComfyClientOptions options, TimeProvider time, TimeSpan timeout, bool repeat, bool repeatSilence = true)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (repeat && options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is { } e
                    && !attempt.Context.CancellationToken.IsCancellationRequested
                    && FaultClassifier.OfTransport(e, "") is { Transient: true } fault
                    && (repeatSilence || fault.Cause is not ComfyCause.NoAnswer)),
            });
        }

        return builder.AddTimeout(new TimeoutStrategyOptions { Timeout = timeout }).Build();
    }
}
