namespace AkkaComfy.ComfyUI;

/// <summary>The one exception that leaves this project's calls, cancellation apart; it carries the fault.</summary>
public sealed class ComfyException(ComfyFault fault, Exception? inner = null) : Exception(fault.Message, inner)
{
    public ComfyFault Fault { get; } = fault;
}
