using Spectre.Console;

namespace AkkaComfy.Host.Commands.Output;

/// <summary>The colours of the words that tell how things are.</summary>
internal static class Palette
{
    public static Style Of(string word) => word switch
    {
        "completed" or "up" or "healthy" or "closed" => new Style(Color.Green),
        "failed" or "open" or "critical" => new Style(Color.Red),
        "processing" => new Style(Color.Blue),
        "cancelled" or "draining" or "degraded" or "half_open" or "isolated" or "starting" => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
