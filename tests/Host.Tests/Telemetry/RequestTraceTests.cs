using System.Diagnostics;
using AkkaComfy.Host.Telemetry;

namespace AkkaComfy.Host.Tests.Telemetry;

public sealed class RequestTraceTests
{
    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, true)]
    [InlineData(ActivityTraceFlags.None, false)]
    public void A_job_takes_along_only_a_span_that_is_recorded(ActivityTraceFlags flags, bool isTaken)
    {
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        request.ActivityTraceFlags = flags;
        request.Start();

        Assert.Equal(isTaken ? request.Id : null, RequestTrace.Parent);
    }
}
