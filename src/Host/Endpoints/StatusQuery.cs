using System.Globalization;
using AkkaComfy.Host.Http;

namespace AkkaComfy.Host.Endpoints;

/// <summary>How long a client waits for news of a job, and what it knows already.</summary>
/// <param name="Since">The version that it knows; null for the one at the time of asking.</param>
internal sealed record StatusQuery(TimeSpan Wait, int? Since)
{
    private const double MaxSeconds = 60;

    public static Try<StatusQuery> Of(HttpRequest request)
    {
        var (wait, since) = (Query.Find(request, "wait"), Query.Find(request, "since"));
        var seconds = 0.0;
        if (wait is not null && !(IsNumber(wait, out seconds) && seconds is >= 0 and <= MaxSeconds))
        {
            return Query.Bad("wait", wait, $"seconds from 0 to {MaxSeconds:0}");
        }

        var version = 0;
        if (since is not null
            && !int.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            return Query.Bad("since", since, "the version of an earlier status, a whole number from 0");
        }

        return new StatusQuery(TimeSpan.FromSeconds(seconds), since is null ? null : version);
    }

    private static bool IsNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
