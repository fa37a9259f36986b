using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>The bodies of execution_error and execution_interrupted.</summary>
internal static class ExecutionFailure
{
    private const string MemoryTips = "This error means you ran out of memory on your GPU.\n\nTIPS: If the workflow "
        + "worked before you might have accidentally set the batch_size to a large number.";

    public static JsonObject Where(string node, PromptGraph graph, IReadOnlyList<string> executed) => new()
    {
        ["node_id"] = node,
        ["node_type"] = graph.ClassOf(node),
        ["executed"] = Json.Strings(executed),
    };

    public static JsonObject Of(
        NodeFailedException failure, string node, PromptGraph graph, IReadOnlyList<string> executed)
    {
        var cause = failure.InnerException!;
        var (type, message) = Described(cause);
        var error = Where(node, graph, executed);
        error["exception_message"] = $"{message}\n{(type == PythonException.OutOfGpuMemory ? MemoryTips : "")}";
        error["exception_type"] = type;
        error["traceback"] = Json.Strings((cause.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        error["current_inputs"] = failure.CurrentInputs;
        error["current_outputs"] = Json.Strings(graph.Ids);
        return error;
    }

    /// <summary>As servers until 2024 put it: with the results so far, and no line break after the message.</summary>
    public static JsonObject OfOld(
        NodeFailedException failure,
        string node,
        PromptGraph graph,
        IReadOnlyList<string> executed,
        OutputCache results)
    {
        var error = Of(failure, node, graph, executed);
        error["exception_message"] = Described(failure.InnerException!).Message;
        error["current_outputs"] = new JsonObject(graph.Ids
            .Select(id => (Id: id, Result: results.Find(id)))
            .Where(known => known.Result is not null)
            .Select(known => KeyValuePair.Create(known.Id, (JsonNode?)new JsonArray(
                [.. known.Result!.Outputs.Select(output => new JsonArray($"{output}"))]))));
        return error;
    }

    public static JsonObject Cycle(string node, PromptGraph graph, IReadOnlyList<string> executed)
    {
        var error = Where(node, graph, executed);
        error["exception_message"] = "Dependency cycle detected";
        error["exception_type"] = "graph.DependencyCycleError";
        error["traceback"] = new JsonArray();
        error["current_inputs"] = new JsonArray();
        error["current_outputs"] = Json.Strings(graph.Ids);
        return error;
    }

    /// <summary>The type and message under which a Python program would report the same failure.</summary>
    private static (string Type, string Message) Described(Exception cause) => cause switch
    {
        PythonException python => (python.Type, python.Message),
        UnsupportedImageException => ("PIL.UnidentifiedImageError", cause.Message),
        CorruptImageException => ("OSError", $"broken data stream when reading image file: {cause.Message}"),
        OutOfMemoryException => ("MemoryError", cause.Message),
        IOException => ("OSError", cause.Message),
        ArgumentException => ("ValueError", cause.Message),
        _ => ("RuntimeError", $"{cause.GetType().Name}: {cause.Message}"),
    };
}
