using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Execution;

/// <summary>The error objects of a refused prompt.</summary>
internal static class ValidationErrors
{
    public static JsonObject Whole(string type, string message, string details) =>
        Error(type, message, details, []);

    public static JsonObject Missing(string input) =>
        Error("required_input_missing", "Required input is missing", input, new() { ["input_name"] = input });

    public static JsonObject BadLink(InputSpec input, NodeSchema schema, JsonNode received) => Error(
        "bad_linked_input",
        "Bad linked input, must be a length-2 list of [node_id, slot_index]",
        input.Name,
        Received(input, schema, received));

    public static JsonObject Mismatch(InputSpec input, NodeSchema schema, string received, JsonNode link) => Error(
        "return_type_mismatch",
        "Return type mismatch between linked nodes",
        $"{input.Name}, received_type({received}) mismatch input_type({input.Type})",
        new()
        {
            ["input_name"] = input.Name,
            ["input_config"] = input.Pair(schema),
            ["received_type"] = received,
            ["linked_node"] = link.DeepClone(),
        });

    public static JsonObject Unconvertible(InputSpec input, NodeSchema schema, JsonNode? received, string reason)
    {
        var extra = Received(input, schema, received);
        extra["exception_message"] = reason;
        return Error(
            "invalid_input_type",
            $"Failed to convert an input value to a {input.Type} value",
            $"{input.Name}, {Python.Text(received)}, {reason}",
            extra);
    }

    public static JsonObject TooSmall(InputSpec input, NodeSchema schema, JsonNode received, JsonNode minimum) => Error(
        "value_smaller_than_min",
        $"Value {Python.Text(received)} smaller than min of {Python.Text(minimum)}",
        input.Name,
        Received(input, schema, received));

    public static JsonObject TooBig(InputSpec input, NodeSchema schema, JsonNode received, JsonNode maximum) => Error(
        "value_bigger_than_max",
        $"Value {Python.Text(received)} bigger than max of {Python.Text(maximum)}",
        input.Name,
        Received(input, schema, received));

    public static JsonObject NotInList(InputSpec input, NodeSchema schema, JsonNode? received)
    {
        const int shownAtMost = 20;
        var many = input.Options!.Count > shownAtMost;
        var list = many
            ? $"(list of length {input.Options.Count})"
            : $"[{string.Join(", ", input.Options.Select(Python.Quoted))}]";
        var extra = Received(input, schema, received);
        if (many)
        {
            extra["input_config"] = null;
        }

        return Error(
            "value_not_in_list", "Value not in list", $"{input.Name}: '{Python.Text(received)}' not in {list}", extra);
    }

    public static JsonObject Custom(string input, string complaint) => Error(
        "custom_validation_failed",
        "Custom validation failed for node",
        $"{input} - {complaint}",
        new() { ["input_name"] = input });

    /// <summary>Validating the node behind a link failed in a way of its own.</summary>
    public static JsonObject Inner(InputSpec input, NodeSchema schema, PythonException fault, JsonNode link) => Error(
        "exception_during_inner_validation",
        "Exception when validating inner node",
        fault.Message,
        new()
        {
            ["input_name"] = input.Name,
            ["input_config"] = input.Pair(schema),
            ["exception_message"] = fault.Message,
            ["exception_type"] = fault.Type,
            ["traceback"] = new JsonArray(),
            ["linked_node"] = link.DeepClone(),
        });

    public static JsonObject Outer(PythonException exception) => Error(
        "exception_during_validation",
        "Exception when validating node",
        exception.Message,
        new() { ["exception_type"] = exception.Type, ["traceback"] = new JsonArray() });

    private static JsonObject Received(InputSpec input, NodeSchema schema, JsonNode? received) => new()
    {
        ["input_name"] = input.Name,
        ["input_config"] = input.Pair(schema),
        ["received_value"] = received?.DeepClone(),
    };

    private static JsonObject Error(string type, string message, string details, JsonObject extra) => new()
    {
        ["type"] = type, ["message"] = message, ["details"] = details, ["extra_info"] = extra,
    };
}
