using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>/view does not find the file that history names.</summary>
public sealed record ViewMissing : HttpFault
{
    internal override bool Concerns(string path) => path == "/view";

    internal override Task InvokeAsync(HttpContext http, RequestDelegate next, TimeProvider time) =>
        Reply.Empty(http, StatusCodes.Status404NotFound);
}
