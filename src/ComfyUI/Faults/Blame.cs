namespace AkkaComfy.ComfyUI;

/// <summary>Whose fault a failure was; it decides what becomes of the job and of the instance's circuit.</summary>
public enum Blame
{
    /// <summary>The job's own input: fails at once.</summary>
    Client,

    /// <summary>The worker, but perhaps for this job only: one try elsewhere.</summary>
    WorkerThisJob,

    /// <summary>The worker: requeued, and its circuit counts it.</summary>
    Worker,

    /// <summary>The job took longer than allowed, and stopped when told to.</summary>
    Timeout,

    /// <summary>Interrupted, though nobody here may have asked.</summary>
    Interrupted,

    /// <summary>The way to the worker; treated as <see cref="Worker"/>.</summary>
    Network,

    /// <summary>A defect on this side.</summary>
    Us,
}
