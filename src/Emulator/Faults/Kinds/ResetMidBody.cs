namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>The connection is reset in the midst of the answer's body.</summary>
public sealed record ResetMidBody : BodyFault
{
    private protected override async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body, int sent)
    {
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body[..sent], http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        TcpReset.Of(http);
    }
}
