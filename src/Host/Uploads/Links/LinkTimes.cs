namespace AkkaComfy.Host.Uploads.Links;

/// <summary>How long images may take that the service fetches itself.</summary>
/// <param name="InAll">For all images of one request, redirects and waiting for a turn included.</param>
/// <param name="Stall">Between one piece and the next.</param>
internal sealed record LinkTimes(TimeSpan InAll, TimeSpan Stall)
{
    public static LinkTimes Default { get; } = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10));
}
