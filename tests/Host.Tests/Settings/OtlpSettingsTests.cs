using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Tests.Settings;

public sealed class OtlpSettingsTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public void Without_an_endpoint_nothing_is_sent() =>
        Assert.Null(Settings(("OTEL_SERVICE_NAME", "x")).Telemetry);

    [Fact]
    public void With_one_OpenTelemetry_gets_its_variables_and_no_others()
    {
        var telemetry = Settings(
            (Endpoint, "http://collector:4317"), ("OTEL_SERVICE_NAME", "x"), ("OTEL_BSP_SCHEDULE_DELAY", " "), ("PORT", "1"))
            .Telemetry;

        Assert.Equal(
            [KeyValuePair.Create(Endpoint, "http://collector:4317"), KeyValuePair.Create("OTEL_SERVICE_NAME", "x")],
            telemetry!.OrderBy(variable => variable.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void It_can_be_switched_off() =>
        Assert.Null(Settings((Endpoint, "http://collector:4317"), ("OTEL_SDK_DISABLED", "true")).Telemetry);

    [Theory]
    [InlineData(Endpoint, "collector:4317", "http://localhost:4317")]
    [InlineData(Endpoint, "/v1", "http://localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "grpc or http/protobuf")]
    [InlineData("OTEL_SDK_DISABLED", "maybe", "true or false")]
    public void What_cannot_be_right_is_refused(string key, string value, string expected)
    {
        var error = Assert.Single(Assert.Throws<InvalidSettingsException>(() => Settings((key, value))).Errors);

        Assert.Equal((key, value), (error.Key, error.Value));
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    private static ServiceSettings Settings(params (string Key, string Value)[] variables) =>
        ServiceSettings.From(variables.ToDictionary(variable => variable.Key, variable => variable.Value));
}
