using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Execution;

/// <summary>How a prompt ended on a server of 2023, whose history says what was made and nothing else.</summary>
public static class StatuslessEnd
{
    /// <param name="entry">Returned as it is where the server does keep a status.</param>
    /// <param name="wanted">The nodes whose files are wanted; none for all.</param>
    /// <param name="heard">What the socket said went wrong; the only place where such a server says so.</param>
    /// <param name="interrupted">Whether this execution itself had asked the server to interrupt it.</param>
    public static HistoryEntry Judge(
        HistoryEntry entry, IReadOnlyList<string> wanted, ComfyFault? heard, bool interrupted)
    {
        if (!entry.KeepsNoStatus)
        {
            return entry;
        }

        if (heard is null && IsComplete(entry, wanted))
        {
            return entry with { Outcome = HistoryOutcome.Succeeded, Fault = null };
        }

        // A prompt that was told to stop and left something out has stopped, even if nobody heard it say so.
        return (heard is null && interrupted) || heard?.Cause == ComfyCause.Interrupted
            ? entry with { Outcome = HistoryOutcome.Interrupted, Fault = heard }
            : entry with { Outcome = HistoryOutcome.Failed, Fault = heard ?? FaultClassifier.EndedSilently() };
    }

    /// <summary>A failed prompt keeps what it made before it failed: only all of it is success.</summary>
    private static bool IsComplete(HistoryEntry entry, IReadOnlyList<string> wanted)
    {
        var made = entry.Outputs.Select(output => output.DisplayNode).ToHashSet(StringComparer.Ordinal);
        return made.Count > 0 && wanted.All(made.Contains);
    }
}
