namespace AkkaComfy.Host.Uploads.Links;

/// <summary>How long images may take that the service fetches itself.</summary>
/// <param name="Turn">Until a request may begin, while others fetch theirs.</param>
/// <param name="InAll">For all images of one request, redirects included.</param>
/// <param name="Stall">Between one piece and the next.</param>
internal sealed record LinkTimes(TimeSpan Turn, TimeSpan InAll, TimeSpan Stall)
{
    public static LinkTimes Default { get; } =
        new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10));
}
