using Akka.Actor;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Uploads;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Http;

/// <summary>Turns what endpoints throw into problems; only bugs are logged as errors.</summary>
internal sealed partial class Failures(RequestDelegate next, ILogger<Failures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            LogGone(context.Request.Method, context.Request.Path);
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception unfinished) when (context.Response.HasStarted)
        {
            LogUnfinished(unfinished, context.Request.Method, context.Request.Path);
            context.Abort();
        }
        catch (Exception failure)
        {
            context.Response.Headers.Remove("Location");
            await ProblemResult.WriteAsync(context, ProblemFor(failure));
        }
    }

    private Problem ProblemFor(Exception failure)
    {
        switch (failure)
        {
            case UploadRefusedException refused:
                return refused.Problem;
            case BadHttpRequestException bad:
                return ProblemMapping.From(bad);
            case StoreUnavailableException store:
                LogStore(failure);
                return ProblemMapping.From(store);
            case AskTimeoutException:
                LogBusy(failure);
                return ProblemMapping.Busy;
            default:
                LogBug(failure);
                return ProblemMapping.Internal;
        }
    }

    [LoggerMessage(LogLevel.Debug, "The client of {Method} {Path} is gone")]
    private partial void LogGone(string method, string path);

    [LoggerMessage(LogLevel.Error, "The answer to {Method} {Path} broke off")]
    private partial void LogUnfinished(Exception exception, string method, string path);

    [LoggerMessage(LogLevel.Error, "The store is not available")]
    private partial void LogStore(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The supervisor of jobs did not answer in time")]
    private partial void LogBusy(Exception exception);

    [LoggerMessage(LogLevel.Error, "A request failed on a bug")]
    private partial void LogBug(Exception exception);
}
