namespace AkkaComfy.Host.OpenApi.Operations;

/// <summary>How much the log says.</summary>
internal static class LogOperations
{
    public static OperationText Show { get; } = new OperationText(Tags.Watching, "getLogLevel", "How much the log says")
        .Says("From the machine of the service only.")
        .Answers(Examples.LogLevels)
        .Fails("loopback_only");

    public static OperationText Change { get; } = new OperationText(Tags.Watching, "setLogLevel", "Change how much the log says")
        .Says("From the machine of the service only.")
        .Takes("The level, for how many seconds, and of which sources.", Examples.LogLevel)
        .Answers(Examples.LogLevels)
        .Fails("invalid_input", "invalid_json", "loopback_only", "payload_too_large", "not_json");
}
