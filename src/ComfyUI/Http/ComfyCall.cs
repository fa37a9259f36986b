namespace AkkaComfy.ComfyUI.Http;

/// <summary>What a call needs of its pipeline: how long it may take, and whether it may be repeated.</summary>
internal enum CallKind
{
    /// <summary>Answers at once or counts as failed.</summary>
    Probe,

    /// <summary>About one prompt: repeated where that is quick, as its caller will look again anyway.</summary>
    Look,

    /// <summary>Repeated: reads, and changes that are the same done twice.</summary>
    Repeatable,

    /// <summary>Never repeated.</summary>
    Once,

    /// <summary>Never repeated, and with large inputs inside.</summary>
    Submit,

    /// <summary>Repeated, and large.</summary>
    Upload,
}

/// <summary>One call: its kind, what it does in words, and how its request is made, anew for each attempt.</summary>
internal sealed record ComfyCall(CallKind Kind, string Doing, Func<HttpRequestMessage> Request)
{
    /// <summary>Asked on failure: whether the request was out, and changes something there.</summary>
    public Func<bool> MayHaveHappened { get; init; } = static () => false;

    /// <summary>A tighter limit than the client's, for an answer of which only short strings matter.</summary>
    public int MaxStringBytes { get; init; } = int.MaxValue;
}
