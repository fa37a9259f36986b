namespace AkkaComfy.ComfyUI;

/// <summary>The closed set of things that go wrong between us and a ComfyUI instance.</summary>
public enum ComfyCause
{
    // What ComfyUI says of the graph before it runs.
    ValidationRejected,
    MissingNodeClass,
    MissingFile,
    RequestTooLarge,

    // What a node raised while it ran.
    BadInput,
    OutOfMemory,
    CudaFault,
    DiskFull,
    NodeFailed,
    ExecutionBlocked,

    // How a prompt ended otherwise.
    Interrupted,
    Vanished,
    DeadlinePassed,
    WorkerStuck,
    NoOutputs,
    OutputMissing,

    // What the server answered.
    ServerError,
    AccessDenied,
    UnexpectedStatus,
    BadAnswer,
    AnswerTooLarge,

    // What became of the connection.
    ConnectionRefused,
    Unreachable,
    ConnectionLost,
    HostNotFound,
    TlsFailed,
    NoAnswer,

    // What we got wrong.
    InputUnreadable,
    Defect,
}
