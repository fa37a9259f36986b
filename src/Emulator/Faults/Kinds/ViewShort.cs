namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>/view gives less than the whole file.</summary>
public sealed record ViewShort : BodyFault
{
    public Shortage How { get; init; } = Shortage.Cut;

    internal override bool Concerns(string path) => path == "/view";

    private protected override async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body, int sent)
    {
        http.Response.ContentLength = How == Shortage.Cut ? body.Length : sent;
        await http.Response.Body.WriteAsync(body[..sent], http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        if (How == Shortage.Cut)
        {
            http.Abort();
        }
    }
}

/// <summary>How a file comes too short.</summary>
public enum Shortage
{
    /// <summary>The connection ends before the announced length.</summary>
    Cut,

    /// <summary>The file itself is too short, and its length announced so.</summary>
    Truncated,
}
