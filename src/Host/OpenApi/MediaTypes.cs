namespace AkkaComfy.Host.OpenApi;

/// <summary>The media types that the document names.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    public const string Problem = "application/problem+json";

    public const string Form = "multipart/form-data";

    public const string EventStream = "text/event-stream";

    public const string AnyImage = "image/*";

    public const string Anything = "*/*";
}
