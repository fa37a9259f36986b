using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

public sealed class BadInputTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly RunningService _service = fixture.Service;

    public static TheoryData<string> Submissions => [.. BadInput.All.Select(bad => bad.Name)];

    [Theory]
    [MemberData(nameof(Submissions))]
    public async Task A_bad_submission_gets_a_clear_problem_leaves_nothing_behind_and_the_service_goes_on(string name)
    {
        var bad = BadInput.All.Single(bad => bad.Name == name);

        using var response = await _service.Http.PostAsync("/api/remove-background", bad.Body());

        var problem = await ProblemAsync(response);
        Assert.Equal((bad.Status, bad.Code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.All(bad.Says, said => Assert.Contains(said, problem.ToString(), StringComparison.Ordinal));
        Assert.Equal(bad.Field is not null, FieldsAtFault(problem).Contains(bad.Field));
        Assert.Equal(0, _service.StoredFiles);
        await TheServiceGoesOnAsync();
    }

    [Theory]
    [InlineData("POST", "/api/make-coffee", 404, "unknown_workflow", "remove-background, upscale-image")]
    [InlineData("POST", "/api/async/make-coffee", 404, "unknown_workflow", "make-coffee")]
    [InlineData("POST", "/api/..%2f..%2fetc", 404, "unknown_workflow", "there are")]
    [InlineData("GET", "/api/workflows/make-coffee", 404, "unknown_workflow", "make-coffee")]
    [InlineData("POST", "/api/remove-background?async=perhaps", 400, "invalid_query", "true or false")]
    [InlineData("GET", "/api/jobs/42", 404, "unknown_job", "'42'")]
    [InlineData("GET", "/api/jobs/0193a1b2-0000-7000-8000-000000000000/status", 404, "unknown_job", "0193a1b2")]
    [InlineData("GET", "/api/jobs/0193a1b2-0000-7000-8000-000000000000/result", 404, "unknown_job", "0193a1b2")]
    [InlineData("GET", "/api/jobs/0193a1b2-0000-7000-8000-000000000000/outputs/0", 404, "unknown_job", "0193a1b2")]
    [InlineData("POST", "/api/jobs/0193a1b2-0000-7000-8000-000000000000/cancel", 404, "unknown_job", "0193a1b2")]
    [InlineData("GET", "/api/jobs/42/outputs/first", 404, "not_found", "nothing at")]
    [InlineData("GET", "/api/jobs/0193a1b2-0000-7000-8000-000000000000/info", 404, "unknown_job", "0193a1b2")]
    [InlineData("DELETE", "/api/jobs/0193a1b2-0000-7000-8000-000000000000", 404, "unknown_job", "0193a1b2")]
    [InlineData("DELETE", "/api/jobs/42", 404, "unknown_job", "'42'")]
    [InlineData("GET", "/api/jobs/42?wait=61", 400, "invalid_query", "'wait' in the query is '61'; expected seconds from 0 to 60")]
    [InlineData("GET", "/api/jobs/42?wait=-1", 400, "invalid_query", "0 to 60")]
    [InlineData("GET", "/api/jobs/42?wait=NaN", 400, "invalid_query", "0 to 60")]
    [InlineData("GET", "/api/jobs/42/status?since=-3", 400, "invalid_query", "'since' in the query is '-3'")]
    [InlineData("GET", "/api/jobs/list?limit=0", 400, "invalid_query", "'limit' in the query is '0'; expected a whole number from 1 to 500")]
    [InlineData("GET", "/api/jobs/list?limit=501", 400, "invalid_query", "1 to 500")]
    [InlineData("GET", "/api/jobs/list?limit=1&limit=2", 400, "invalid_query", "'1,2'")]
    [InlineData("GET", "/api/jobs/list?status=done", 400, "invalid_query", "one of pending, processing, completed, failed, cancelled")]
    [InlineData("GET", "/api/jobs/list?cursor=zzz", 400, "invalid_query", "'cursor' in the query is 'zzz'; expected the next_cursor")]
    [InlineData("GET", "/nowhere", 404, "not_found", "nothing at /nowhere")]
    [InlineData("GET", "/api/remove-background", 405, "method_not_allowed", "GET is not possible")]
    [InlineData("DELETE", "/api/workflows", 405, "method_not_allowed", "DELETE is not possible")]
    public async Task A_bad_address_gets_a_clear_problem(
        string method, string route, int status, string code, string says)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);

        using var response = await _service.Http.SendAsync(request);

        var problem = await ProblemAsync(response);
        Assert.Equal((status, code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains(says, problem.GetProperty("error").GetString(), StringComparison.Ordinal);
        await TheServiceGoesOnAsync();
    }

    [Fact]
    public async Task A_client_s_request_id_comes_back_and_others_get_one()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Add("X-Request-Id", "my-request-7");
        using var named = await _service.Http.SendAsync(request);
        using var unnamed = await _service.Http.GetAsync("/health/live");

        Assert.Equal(["my-request-7"], named.Headers.GetValues("X-Request-Id"));
        Assert.Equal("my-request-7", (await ProblemAsync(named)).GetProperty("request_id").GetString());
        Assert.Equal(32, unnamed.Headers.GetValues("X-Request-Id").Single().Length);
    }

    private static IEnumerable<string?> FieldsAtFault(JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(field => field.Name) : [];

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await RunningService.JsonAsync(response);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.All(["type", "title", "detail", "error", "code"], member =>
            Assert.NotEqual("", problem.GetProperty(member).GetString()));
        return problem;
    }

    private async Task TheServiceGoesOnAsync()
    {
        using var alive = await _service.Http.GetAsync("/api/workflows");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
