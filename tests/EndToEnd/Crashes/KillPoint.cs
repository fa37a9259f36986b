namespace AkkaComfy.EndToEnd.Crashes;

/// <summary>Where in the life of a prompt the service is killed.</summary>
internal enum KillPoint
{
    AnyMoment,

    /// <summary>The dispatch is recorded, and its POST has just left: the instance never gets a byte of it.</summary>
    BetweenCommitAndPost,

    /// <summary>The instance has queued the prompt; the service never gets a byte of the answer.</summary>
    BetweenPostAndAnswer,

    /// <summary>The last byte of an output is on its way; its job's end is not recorded yet.</summary>
    BetweenCollectionAndCommit,
}
