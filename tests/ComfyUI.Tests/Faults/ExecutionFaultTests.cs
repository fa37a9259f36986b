using static AkkaComfy.ComfyUI.Blame;
using static AkkaComfy.ComfyUI.ComfyCause;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class ExecutionFaultTests
{
    [Theory]
    // The input's fault.
    [InlineData("ValueError", "height must be positive", BadInput, Client)]
    [InlineData("PIL.UnidentifiedImageError", "cannot identify image file <_io.BytesIO>", BadInput, Client)]
    [InlineData("PIL.Image.DecompressionBombError", "Image size exceeds limit", BadInput, Client)]
    [InlineData("OSError", "image file is truncated (3 bytes not processed)", BadInput, Client)]
    [InlineData("OSError", "broken data stream when reading image file", BadInput, Client)]
    [InlineData("SyntaxError", "broken PNG file (chunk b'xx')", BadInput, Client)]
    [InlineData("binascii.Error", "Incorrect padding", BadInput, Client)]
    [InlineData("RuntimeError", "The size of tensor a (64) must match the size of tensor b (32)", BadInput, Client)]
    [InlineData("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (77x20 and 7x3)", BadInput, Client)]
    [InlineData("RuntimeError", "Given groups=1, weight of size [64, 3], expected input[1, 4]", BadInput, Client)]
    [InlineData("RuntimeError", "shape '[1, 3]' is invalid for input of size 4", BadInput, Client)]
    // The worker's memory.
    [InlineData("torch.OutOfMemoryError", "Allocation on device ", OutOfMemory, WorkerThisJob)]
    [InlineData("torch.cuda.OutOfMemoryError", "x", OutOfMemory, WorkerThisJob)]
    [InlineData("RuntimeError", "CUDA out of memory. Tried to allocate 2.00 GiB", OutOfMemory, WorkerThisJob)]
    [InlineData("RuntimeError", "CUDA error: out of memory", OutOfMemory, WorkerThisJob)]
    [InlineData("RuntimeError", "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling", OutOfMemory, WorkerThisJob)]
    [InlineData("RuntimeError", "[enforce fail] CPUAllocator: can't allocate memory", OutOfMemory, WorkerThisJob)]
    [InlineData("MemoryError", "", OutOfMemory, WorkerThisJob)]
    [InlineData("numpy._core._exceptions._ArrayMemoryError", "Unable to allocate 3 GiB", OutOfMemory, WorkerThisJob)]
    // The worker's device, files and disk.
    [InlineData("RuntimeError", "CUDA error: an illegal memory access was encountered", CudaFault, WorkerThisJob)]
    [InlineData("RuntimeError", "CUDA error: device-side assert triggered", CudaFault, WorkerThisJob)]
    [InlineData("RuntimeError", "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED", CudaFault, WorkerThisJob)]
    [InlineData("torch.AcceleratorError", "unspecified launch failure", CudaFault, WorkerThisJob)]
    [InlineData("FileNotFoundError", "Model in 'x' with filename 'm.pth' not found.", MissingFile, WorkerThisJob)]
    [InlineData("OSError", "[Errno 2] No such file or directory: 'x'", MissingFile, WorkerThisJob)]
    [InlineData("OSError", "[Errno 28] No space left on device", DiskFull, WorkerThisJob)]
    // Nobody knows.
    [InlineData("RuntimeError", "ProbeWork was told to fail at step 3", NodeFailed, WorkerThisJob)]
    [InlineData("TypeError", "got an unexpected keyword argument 'x'", NodeFailed, WorkerThisJob)]
    [InlineData("MyValueErrorish", "x", NodeFailed, WorkerThisJob)]
    [InlineData("", "", NodeFailed, WorkerThisJob)]
    // No failure of the run.
    [InlineData("ExecutionBlocked", "Execution Blocked: nothing to do", ExecutionBlocked, WorkerThisJob)]
    [InlineData("comfy.model_management.InterruptProcessingException", "", ComfyCause.Interrupted, Blame.Interrupted)]
    public void What_a_node_raised_is_blamed_on_somebody(string type, string message, ComfyCause cause, Blame blame)
    {
        var fault = FaultClassifier.OfExecution("7", "Node", type, message);

        Assert.Equal((cause, blame), (fault.Cause, fault.Blame));
        Assert.Equal(("7", "Node", type), (fault.NodeId, fault.NodeType, fault.ExceptionType));
        Assert.Equal(cause is not ExecutionBlocked, fault.Terminal);
    }

    [Fact]
    public void A_message_is_bounded_and_falls_back_on_the_type()
    {
        Assert.InRange(FaultClassifier.OfExecution("1", "N", "X", new string('m', 100_000)).Message.Length, 1, 2001);
        Assert.Equal("KeyError", FaultClassifier.OfExecution("1", "N", "KeyError", " \n").Message);
    }

    [Fact]
    public void Neither_inputs_nor_traceback_get_into_a_fault()
    {
        var message = Frames.Read("""
            {"type": "execution_error", "data": {"prompt_id": "p", "node_id": "1", "node_type": "N", "executed": [],
             "exception_message": "bad", "exception_type": "ValueError", "traceback": ["SECRET"],
             "current_inputs": {"image": ["SECRET"]}, "current_outputs": ["SECRET"]}}
            """);

        Assert.DoesNotContain("SECRET", message.ToString());
        Assert.Equal("bad", Assert.IsType<ComfyMessage.ExecutionError>(message).Fault.Message);
    }

    [Fact]
    public void Endings_have_their_blame()
    {
        var second = TimeSpan.FromSeconds(1);
        Assert.Equal(
            [Worker, Blame.Timeout, Worker, Blame.Interrupted, WorkerThisJob, Us],
            [
                FaultClassifier.Vanished("p").Blame,
                FaultClassifier.DeadlinePassed(second).Blame,
                FaultClassifier.WorkerStuck(second, second).Blame,
                FaultClassifier.Interrupted("2", "N").Blame,
                FaultClassifier.NoOutputs("3").Blame,
                FaultClassifier.Of(new InvalidOperationException("bug")).Blame,
            ]);
    }

    [Fact]
    public void A_fault_is_found_inside_another_exception()
    {
        var fault = FaultClassifier.Vanished("p");

        Assert.Same(fault, FaultClassifier.Of(new AggregateException(new ComfyException(fault))));
    }
}
