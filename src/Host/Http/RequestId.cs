namespace AkkaComfy.Host.Http;

/// <summary>Gives every request an id, the client's if it sent a usable one, and every response that id.</summary>
internal static class RequestId
{
    private const string Header = "X-Request-Id";
    private const int Longest = 128;

    public static Task AssignAsync(HttpContext context, RequestDelegate next)
    {
        var sent = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = IsUsable(sent) ? sent : Guid.CreateVersion7().ToString("N");
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    }

    /// <summary>Short and printable, so that it can stand in a header and in a line of a log.</summary>
    public static bool IsUsable(string id) =>
        id.Length is > 0 and <= Longest && id.All(character => character is > ' ' and < (char)0x7F);
}
