namespace AkkaComfy.ComfyUI;

public static partial class FaultClassifier
{
    /// <summary>The first that fits counts, so what is fatal stands before what is merely typical.</summary>
    private static readonly ExecutionRule[] ExecutionRules =
    [
        new(ComfyCause.ExecutionBlocked, Blame.WorkerThisJob) { Types = ["ExecutionBlocked"] },
        new(ComfyCause.Interrupted, Blame.Interrupted) { Types = ["InterruptProcessingException"] },
        new(ComfyCause.OutOfMemory, Blame.WorkerThisJob)
        {
            Types = ["OutOfMemoryError", "MemoryError"],
            Phrases =
            [
                "out of memory", "not enough memory", "cannot allocate memory", "can't allocate memory",
                "unable to allocate", "allocation on device", "ALLOC_FAILED", "cudaErrorMemoryAllocation",
            ],
        },
        new(ComfyCause.CudaFault, Blame.WorkerThisJob)
        {
            Types = ["AcceleratorError"],
            Phrases =
            [
                "CUDA error", "CUDA driver", "cuDNN error", "CUDNN_STATUS", "CUBLAS_STATUS", "HIP error",
                "device-side assert", "illegal memory access", "NVML",
            ],
        },
        new(ComfyCause.DiskFull, Blame.WorkerThisJob)
        {
            Phrases = ["No space left on device", "[Errno 28]", "Disk quota exceeded", "[Errno 122]"],
        },
        new(ComfyCause.BadInput, Blame.Client)
        {
            Types = ["UnidentifiedImageError", "DecompressionBombError", "binascii.Error"],
            Phrases =
            [
                "cannot identify image", "image file is truncated", "broken data stream", "broken PNG", "not a PNG",
                "unrecognized data stream", "corrupt JPEG", "decompression bomb", "unsupported image",
            ],
        },
        new(ComfyCause.MissingFile, Blame.WorkerThisJob)
        {
            Types = ["FileNotFoundError"],
            Phrases = ["No such file or directory"],
        },
        new(ComfyCause.BadInput, Blame.Client)
        {
            Types = ["ValueError"],
            Phrases =
            [
                "must match the size of tensor", "shapes cannot be multiplied", "shape mismatch", "size mismatch",
                "is invalid for input of size", "Sizes of tensors must match", "could not broadcast",
                "Given groups=", "expected input[",
            ],
        },
    ];

    /// <summary>What a node raised. An exception nobody knows blames the worker for this job only.</summary>
    public static ComfyFault OfExecution(string? nodeId, string? nodeType, string exceptionType, string message)
    {
        var rule = Array.Find(ExecutionRules, rule => rule.Fits(exceptionType, message));
        return new ComfyFault(
            rule?.Cause ?? ComfyCause.NodeFailed,
            rule?.Blame ?? Blame.WorkerThisJob,
            Bounded(message.Trim().Length > 0 ? message : exceptionType))
        {
            NodeId = nodeId,
            NodeType = nodeType,
            ExceptionType = Bounded(exceptionType, 200),
        };
    }

    /// <param name="Cause">What it is when a type or a phrase fits.</param>
    private sealed record ExecutionRule(ComfyCause Cause, Blame Blame)
    {
        /// <summary>Ends of the qualified name: torch moves its classes about.</summary>
        public string[] Types { get; init; } = [];

        public string[] Phrases { get; init; } = [];

        public bool Fits(string type, string message) =>
            Types.Any(known => type == known || type.EndsWith("." + known, StringComparison.Ordinal))
            || Phrases.Any(phrase => message.Contains(phrase, StringComparison.OrdinalIgnoreCase));
    }
}
