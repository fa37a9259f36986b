using System.Globalization;
using System.Text;

namespace AkkaComfy.EndToEnd.Crashes;

/// <summary>What of one connection's requests and answers has passed: one request at a time, as HTTP/1.1 clients do.</summary>
internal sealed class Exchange(KillSwitch kill)
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private const string Posting = "POST /prompt ";
    private const string Viewing = "GET /view?";

    /// <summary>The request's first line, as long as it matters.</summary>
    private volatile string _request = "";
    private long _left;

    private bool IsViewing => _request.StartsWith(Viewing, StringComparison.Ordinal);

    /// <summary>Before bytes go to the instance.</summary>
    /// <returns>Whether they must not, because the service was killed.</returns>
    public bool Asked(Memory<byte> bytes)
    {
        if (bytes.Span.StartsWith("POST /prompt "u8))
        {
            _request = Posting;
            return kill.Reached(KillPoint.BetweenCommitAndPost, _request);
        }

        if (bytes.Span.StartsWith("GET /view?"u8))
        {
            _request = Encoding.ASCII.GetString(bytes.Span[..bytes.Span.IndexOf("\r\n"u8)]);
            kill.Asked(_request);
        }

        return false;
    }

    /// <summary>Before bytes go to the service.</summary>
    /// <returns>Whether they must not, because the service was killed.</returns>
    public bool Answering(Memory<byte> bytes)
    {
        if (_request == Posting)
        {
            _request = "";
            return kill.Reached(KillPoint.BetweenPostAndAnswer, Posting);
        }

        if (IsViewing && _left == 0)
        {
            _left = LengthOf(bytes.Span);
        }

        return false;
    }

    /// <summary>After bytes went to the service.</summary>
    /// <returns>Whether the service was killed.</returns>
    public bool Answered(int count)
    {
        if (!IsViewing || (_left -= count) > 0)
        {
            return false;
        }

        var viewed = _request;
        (_request, _left) = ("", 0);
        return kill.Reached(KillPoint.BetweenCollectionAndCommit, viewed);
    }

    /// <summary>Head and body in all.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf(EndOfHead) + EndOfHead.Length;
        var length = Encoding.ASCII.GetString(bytes[..head]).Split("\r\n")
            .Single(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        return head + int.Parse(length.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
