using AkkaComfy.Host.Logging;
using Serilog.Core;

namespace AkkaComfy.Host.Tests.Logging;

public sealed class JsonLinesTests
{
    [Fact]
    public void A_line_has_the_fields_of_the_contract_and_those_of_its_template()
    {
        var line = LogLines.Of(log => log
            .ForContext(Constants.SourceContextPropertyName, "AkkaComfy.Actors.JobSupervisor")
            .ForContext("RequestId", "r1")
            .Error(new InvalidOperationException("broken"), "Job {JobId} on {Instance} after {Seconds:0.0} s", "j1", "gpu:1", 2.25));

        Assert.Equal(
            ["instance", "job_id", "level", "message", "request_id", "seconds", "service", "source", "stack", "timestamp"],
            line.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal("akkacomfy", line.GetProperty("service").GetString());
        Assert.Equal("error", line.GetProperty("level").GetString());
        Assert.Equal("Job j1 on gpu:1 after 2.3 s", line.GetProperty("message").GetString());
        Assert.Equal(2.25, line.GetProperty("seconds").GetDouble());
        Assert.Equal("AkkaComfy.Actors.JobSupervisor", line.GetProperty("source").GetString());
        Assert.StartsWith("System.InvalidOperationException: broken", line.GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, line.GetProperty("timestamp").GetDateTimeOffset().Offset);
    }

    [Fact]
    public void Values_of_every_kind_are_written()
    {
        var line = LogLines.Of(log => log.Information(
            "{A} {B} {C} {D} {E} {F} {G}", true, DayOfWeek.Friday, TimeSpan.FromSeconds(1), null, double.NaN,
            new[] { 1, 2 }, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1))));

        Assert.Equal(
            """true "Friday" "00:00:01" null "NaN" "[1, 2]" "2026-01-02T02:04:05Z" """.TrimEnd(),
            string.Join(' ', "abcdefg".Select(name => line.GetProperty($"{name}").GetRawText())));
    }

    [Fact]
    public void A_property_neither_hides_a_field_nor_comes_twice()
    {
        var line = LogLines.Of(log => log
            .ForContext("Level", "high").ForContext("request_id", "a").ForContext("RequestId", "b")
            .Information("{Message}\nin two lines", "hello"));

        Assert.Equal("info", line.GetProperty("level").GetString());
        Assert.Equal("high", line.GetProperty("level_value").GetString());
        Assert.Equal("hello\nin two lines", line.GetProperty("message").GetString());
        Assert.Single(line.EnumerateObject(), member => member.Name == "request_id");
    }

    [Fact]
    public void A_text_without_end_is_cut_and_says_how_much_is_missing()
    {
        var line = LogLines.Of(log => log.Information("{Text:l}", new string(' ', JsonLines.LongestText + 7)));

        Assert.EndsWith("… (7 more characters)", line.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("… (7 more characters)", line.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_secret_in_a_property_or_an_exception_is_not_in_the_line()
    {
        var line = LogLines.Of(log => log.Warning(
            new InvalidOperationException("at http://me:s3cret@gpu:1"), "{Uri} {List}",
            new Uri("http://me:s3cret@gpu:1"), new[] { "Authorization: s3cret" }));

        Assert.DoesNotContain("s3cret", line.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("http://***@gpu:1", line.GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.Contains("http://***@gpu:1", line.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_actor_system_tells_of_an_actor_names_its_instance_and_its_job()
    {
        const string Job = "0193a8f0-7c1e-7bbb-8000-000000000000";

        var line = LogLines.Of(log => log
            .ForContext("ActorPath", $"akka://akkacomfy/user/jobs/gpu-1:8188/{Job}-2#7").Error("It failed"));
        var other = LogLines.Of(log => log.ForContext("ActorPath", "akka://akkacomfy/user/journal").Error("It failed"));

        Assert.Equal(
            ("gpu-1:8188", Job), (line.GetProperty("instance").GetString(), line.GetProperty("job_id").GetString()));
        Assert.False(other.TryGetProperty("instance", out _));
    }
}
